// `npm test`: runs the tests; says at the end what it skipped (each suite that is passed over says why when it is).
// Arguments are passed on to jest: `npm test -- libs/decider`. KINDS=unit,integration chooses kinds of test.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { rememberPassed } from './tests-passed.mjs';

const kinds = (process.env.KINDS ?? 'unit,integration,house,stories').split(',');
const paths = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'postrider-test-results-'));
const results = join(folder, 'results.json');
const { status } = spawnSync(
  process.execPath,
  [
    '--expose-gc',
    'node_modules/jest/bin/jest.js',
    ...['--maxWorkers=2', '--json', `--outputFile=${results}`],
    ...['--selectProjects', ...kinds, '--passWithNoTests=false'],
    ...paths.map((path) => `--testPathPatterns=${path}`),
  ],
  {
    // With --json jest prints the results to standard output too; what people read goes to standard error.
    stdio: ['inherit', 'ignore', 'inherit'],
    // A CI machine may be busy with other things.
    env: { ...(process.env.CI && { TEST_PATIENCE: '4' }), ...process.env },
  },
);
const { isWhole } = tell(results);
if (status === 0 && isWhole && paths.length === 0) rememberPassed(kinds);
rmSync(folder, { recursive: true });
process.exit(status ?? 1);

function tell(file) {
  const { testResults, numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(file, 'utf8'));
  const skipped = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter((each) => each.status === 'pending')
      .map((each) => `  ${relative(process.cwd(), name)}: ${each.ancestorTitles[0] ?? each.title}`),
  );
  const list = [...new Set(skipped)].join('\n');
  console.log(skipped.length === 0 ? 'Nothing was skipped.' : `Skipped, for the reasons given above:\n${list}`);
  console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
  return { isWhole: numPassedTests > 0 && numPendingTests === 0 };
}
