import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

function findShared(from: string): string | undefined {
  const here = join(from, 'shared', 'fixtures');
  if (existsSync(here)) return join(from, 'shared');
  const above = dirname(from);
  return above === from ? undefined : findShared(above);
}

const shared = findShared(__dirname);
const lack = 'The Cloud API fixture suites are passed over: ../shared/fixtures is not there.';

/** A `describe` over ../shared: passed over with one line where it is absent, failed where REQUIRE_FIXTURES=1. */
export function describeWithFixtures(name: string, suite: (folder: string) => void): void {
  if (shared) return describe(name, () => suite(shared));
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
  describe.skip(name, () => it('reads ../shared/fixtures', () => undefined));
}

export interface Fixture {
  readonly name: string;
  readonly text: string;
}

/** The fixtures of a folder whose names fit. */
export function fixturesIn(folder: string, source: 'pywa' | 'meta-openapi', names: RegExp): Fixture[] {
  const path = join(folder, 'fixtures', source);
  return readdirSync(path)
    .filter((name) => names.test(name))
    .map((name) => ({ name, text: readFileSync(join(path, name), 'utf8') }));
}
