import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { interpolated, readComposeFile } from '../platform/compose-file';

const root = join(__dirname, '../..');
const { services } = readComposeFile();
const own = Object.entries(services).filter(([, service]) => service.command?.startsWith('node '));

describe('docker-compose.yml', () => {
  it.each(own)('starts %s from a bundle that a project builds', (_, { command = '' }) => {
    const source = command.replace(/^node dist\/(.*)\/main\.js$/, '$1/src/main.ts');
    expect(existsSync(join(root, source))).toBe(true);
  });

  it.each(own)('lets %s depend only on services that are there', (_, { depends_on: needed }) => {
    const names = Array.isArray(needed) ? needed : Object.keys(needed);
    expect(names.filter((name) => !(name in services))).toEqual([]);
  });

  it('gives every service a database of its own', () => {
    const urls = own.flatMap(([, { environment }]) => environment['DATABASE_URL'] ?? []);
    expect(new Set(urls).size).toBe(urls.length);
    expect(urls).toHaveLength(6);
  });

  it('has no default for a secret', () => {
    const [, { environment }] = own[0]!;
    expect(() => interpolated(environment['POSTRIDER_MASTER_KEY'] ?? '', {})).toThrow(
      /POSTRIDER_MASTER_KEY is not set/,
    );
    expect(() => interpolated(environment['POSTRIDER_API_KEY'] ?? '', {})).toThrow(/POSTRIDER_API_KEY is not set/);
  });
});
