// `npm run check`: what a contributor runs before a commit. `--full` adds what CI runs: crash, fault and distributed suites.
import { spawnSync } from 'node:child_process';
import { passedHere } from './tests-passed.mjs';

const full = process.argv.includes('--full');
const kinds = ['unit', 'integration', 'house', 'stories', ...(full ? ['full'] : [])];
// What only the full check runs it always runs.
const passed = full ? passedHere().filter((kind) => kinds.includes(kind) && kind !== 'full') : [];
const left = kinds.filter((kind) => !passed.includes(kind));
const steps = [
  ['types', 'node', ['node_modules/typescript7/bin/tsc', '-p', 'tsconfig.check.json']],
  ['lint, boundaries and format', 'npm', ['run', '--silent', 'lint']],
  ['build', 'npx', ['nx', 'run-many', '-t', 'build', '--outputStyle=static']],
  ['tests', 'node', ['tools/test.mjs'], { KINDS: left.join(',') }],
];
const notAgain = `Passed whole on this commit before (npm test), and not run again: ${passed.join(', ')}.`;

const timings = [];
for (const [name, command, args, env] of steps) {
  console.log(`\n── ${name}`);
  const started = Date.now();
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, NX_DAEMON: 'false', ...env },
  });
  timings.push(`${name} ${((Date.now() - started) / 1000).toFixed(0)} s`);
  if (status !== 0) {
    console.error(`\n${full ? 'check:full' : 'check'} failed at: ${name}`);
    process.exit(status ?? 1);
  }
}
if (passed.length > 0) console.log(`\n${notAgain}`);
console.log(`\n${full ? 'check:full' : 'check'} passed: ${timings.join(', ')}`);
