import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const apps = join(__dirname, '../../apps');

const typescript = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(folder, path));

/** A slice is a folder with a route: something that a caller does. */
const isSlice = (folder: string): boolean =>
  statSync(folder).isDirectory() && readdirSync(folder).some((file) => file.endsWith('.route.ts'));

const services = readdirSync(apps).filter((app) => existsSync(join(apps, app, 'src', `${app}.module.ts`)));

describe.each(services)('in %s', (service) => {
  it('a slice imports streams and tables, never another slice', () => {
    const src = join(apps, service, 'src');
    const slices = readdirSync(src).filter((name) => isSlice(join(src, name)));
    const crossings = slices.flatMap((slice) =>
      typescript(join(src, slice)).flatMap((file) =>
        [...readFileSync(file, 'utf8').matchAll(/from '(\.\.?\/[^']+)'/g)]
          .map((match) => relative(src, resolve(dirname(file), match[1] ?? '')).split('/')[0] ?? '')
          .filter((target) => target !== slice && slices.includes(target))
          .map((target) => `${relative(src, file)} imports ${target}`),
      ),
    );
    expect(crossings).toEqual([]);
  });
});
