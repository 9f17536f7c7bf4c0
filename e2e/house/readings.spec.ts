import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const apps = join(__dirname, '../../apps');
const routes = readdirSync(apps, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.route.ts'));
const textOf = (path: string): string => readFileSync(join(apps, path), 'utf8');

/** A handler with the decorators above it. */
const handlersOf = (text: string): string[] => text.split(/\n(?=  @(?:Get|Post|Put|Patch|Delete)\()/);

describe('a route that looks whether its caller may see people', () => {
  const looking = routes.filter((path) => /seesPeople|RequireScope\('personal'\)/.test(textOf(path)));

  it('is found', () => {
    expect(looking.length).toBeGreaterThanOrEqual(6);
  });

  it.each(looking)('declares what it shows, so that each reading is kept: %s', (path) => {
    const [head = '', ...handlers] = handlersOf(textOf(path));
    const ofAll = /@ShowsPeople\(/.test(head);
    const silent = handlers.filter(
      (handler) =>
        !ofAll &&
        (/seesPeople\(|RequireScope\('personal'\)/.test(handler) || /RequireScope\('personal'\)/.test(head)) &&
        !/@ShowsPeople\(/.test(handler) &&
        // Takes away instead of showing.
        !/@Post\(':id\/erase'\)/.test(handler),
    );
    expect(silent.map((handler) => handler.split('\n', 2)[0])).toEqual([]);
  });
});
