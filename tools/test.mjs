// `npm test`: builds what it needs and runs the tests; says at the end what it skipped and why.
// Arguments are passed on to jest: `npm test -- libs/decider`. KINDS=unit,integration chooses kinds of test.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const kinds = (process.env.KINDS ?? 'unit,integration,house,stories').split(',');
const skips = mkdtempSync(join(tmpdir(), 'postrider-skips-'));
const result = spawnSync(
  process.execPath,
  [
    '--expose-gc',
    'node_modules/jest/bin/jest.js',
    '--maxWorkers=2',
    '--selectProjects',
    ...kinds,
    ...withPaths(process.argv.slice(2)),
  ],
  {
    stdio: 'inherit',
    env: { ...process.env, POSTRIDER_SKIPS_DIR: skips, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
  },
);
const reasons = readdirSync(skips).map((file) => readFileSync(join(skips, file), 'utf8').trim());
rmSync(skips, { recursive: true });
console.log(
  reasons.length === 0
    ? 'Nothing was skipped.'
    : `Skipped:\n${[...new Set(reasons)].map((each) => `  ${each}`).join('\n')}`,
);
process.exit(result.status ?? 1);

function withPaths(args) {
  return args.length === 0 ? [] : ['--runTestsByPath=false', ...args];
}
