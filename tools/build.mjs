// Bundles one app for production: our own code into dist/<project>/main.js, npm packages left to node_modules.
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

const root = new URL('..', import.meta.url).pathname;
const [name] = process.argv.slice(2);
const folder = ['apps', 'deploy']
  .map((place) => join(place, name))
  .find((place) => exists(join(root, place, 'src/main.ts')));
if (!folder) throw new Error(`no app ${name} with a src/main.ts`);
const packages = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies;
const used = new Set();

const bundle = await rolldown({
  input: join(root, folder, 'src/main.ts'),
  platform: 'node',
  tsconfig: join(root, 'tsconfig.base.json'),
  external(id) {
    if (/^(\.|\/|@postrider\/|@oxc-project\/)/.test(id)) return false;
    const packageName = id.split('/', id.startsWith('@') ? 2 : 1).join('/');
    if (!id.startsWith('node:') && !builtinModules.includes(packageName)) used.add(packageName);
    return true;
  },
});
const out = join(root, 'dist', folder);
await bundle.write({ dir: out, format: 'cjs', sourcemap: true, keepNames: true, entryFileNames: 'main.js' });
await bundle.close();
mkdirSync(out, { recursive: true });
writeFileSync(
  join(out, 'package.json'),
  JSON.stringify(
    {
      name: `@postrider/${name}`,
      private: true,
      dependencies: Object.fromEntries([...used].sort().map((each) => [each, packages[each]])),
    },
    null,
    2,
  ) + '\n',
);

function exists(path) {
  try {
    readFileSync(path);
    return true;
  } catch (cause) {
    if (cause.code === 'ENOENT') return false;
    throw cause;
  }
}
