import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { testPostgres } from '@postrider/test-backends';

const root = join(__dirname, '../../../..');
const rows = Number(process.env['ROWS'] ?? 100_000);
/** Of a list that was held whole, the rows alone would take five times as much. */
const heldMax = 16 * 1024 * 1024;

it('a list of any length is taken in the same memory, showing how far it is', async () => {
  const databaseUrl = await (await testPostgres()).newDatabase('journeys');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--expose-gc', '-r', './tools/register.cjs', 'apps/journeys/src/testing/upload-many.ts'],
    { cwd: root, env: { ...process.env, DATABASE_URL: databaseUrl, ROWS: String(rows) } },
  );
  const { status, taken, held, progress } = JSON.parse(stdout.trim().split('\n').at(-1)!);
  expect({ status, ...taken }).toMatchObject({
    ...{ status: 200, rows, people: rows * 0.8, wrong: rows * 0.1, repeated: rows * 0.1 },
  });
  const [first, ...others] = held as number[];
  expect(others.length).toBeGreaterThan(1);
  expect(Math.max(...others) - first!).toBeLessThan(heldMax);
  const shown = progress as number[];
  expect(shown).toEqual([...shown].sort((a, b) => a - b));
  expect(shown.at(-1)).toBeGreaterThan(0);
});
