import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleCodes } from '@postrider/compliance';
import { problemStatus } from '@postrider/service-host';

const page = readFileSync(join(__dirname, '../../docs/errors.md'), 'utf8');
const listed = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1]);

describe('docs/errors.md', () => {
  it('lists every code once, and none that is dead', () => {
    expect(listed.sort()).toEqual(Object.keys(problemStatus).sort());
  });

  it('names the status of each code', () => {
    const statuses = [...page.matchAll(/^\| `([a-z-]+)` \| (\d{3}) \|/gm)].map(([, code, status]) => [
      code,
      Number(status),
    ]);
    expect(statuses).toEqual(statuses.map(([code]) => [code, problemStatus[code as string]]));
  });

  it.each(Object.entries(ruleCodes))('says that %s comes from %s', (code, rule) => {
    expect(page).toContain(`| \`${code}\` | ${rule} |`);
  });
});
