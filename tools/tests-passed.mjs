// In CI, `npm test` and then `npm run check:full` run on one clean clone. What passed in the first is not run again in the
// second: kinds of test that passed are kept with the commit and all that decides what they do. Only in CI, and never where
// a file differs from the commit.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const file = 'node_modules/.cache/postrider/tests-passed.json';

export function rememberPassed(kinds) {
  const key = keyOfNow();
  if (key === undefined) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ key, kinds: [...new Set([...passedHere(), ...kinds])] }));
}

/** Kinds of test that passed here before, in this very state. */
export function passedHere() {
  const key = keyOfNow();
  if (key === undefined) return [];
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8'));
    return kept.key === key ? kept.kinds : [];
  } catch {
    return [];
  }
}

function keyOfNow() {
  if (!process.env.CI) return undefined;
  try {
    const git = (...args) =>
      execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    if (git('status', '--porcelain') !== '') return undefined;
    const { REQUIRE_KAFKA, REQUIRE_FIXTURES, KAFKA_BROKERS } = process.env;
    return JSON.stringify([git('rev-parse', 'HEAD'), process.version, REQUIRE_KAFKA, REQUIRE_FIXTURES, KAFKA_BROKERS]);
  } catch {
    return undefined;
  }
}
