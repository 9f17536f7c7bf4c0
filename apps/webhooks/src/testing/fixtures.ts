import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

function findFixtures(from: string): string | undefined {
  const here = join(from, 'shared', 'fixtures', 'pywa');
  if (existsSync(here)) return here;
  return dirname(from) === from ? undefined : findFixtures(dirname(from));
}

const lack = 'The webhook fixture suites are passed over: ../shared/fixtures is not there.';

/** A suite over webhook payloads that others collected: passed over with one line where they are absent, failed where REQUIRE_FIXTURES=1. */
export function describeWithFixtures(
  name: string,
  suite: (payloads: readonly { name: string; text: string }[]) => void,
): void {
  const folder = findFixtures(__dirname);
  if (folder !== undefined) {
    const names = readdirSync(folder).filter((file) => file.startsWith('webhook__'));
    // Placeholders stand where a real payload has digits.
    const read = (file: string) => readFileSync(join(folder, file), 'utf8').replace(/<[A-Z_]+>/g, '15550001111');
    return describe(name, () => suite(names.map((file) => ({ name: file, text: read(file) }))));
  }
  if (process.env.REQUIRE_FIXTURES === '1') {
    return describe(name, () => {
      it('has the fixtures that REQUIRE_FIXTURES=1 asks for', () => {
        throw new Error(lack);
      });
    });
  }
  const skips = process.env.POSTRIDER_SKIPS_DIR;
  if (skips) writeFileSync(join(skips, 'fixtures'), lack);
  else process.stderr.write(`${lack}\n`);
}
