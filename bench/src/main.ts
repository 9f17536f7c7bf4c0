import { readdirSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import type { Claim } from './claim';
import { table } from './table';

const suffix = '.bench.ts';
const names = readdirSync(__dirname)
  .filter((file) => file.endsWith(suffix))
  .map((file) => file.slice(0, -suffix.length));

/** `npm run bench -- [name]`: measures one claim, or each in turn. */
async function main(): Promise<void> {
  const [wanted] = process.argv.slice(2);
  if (wanted !== undefined && !names.includes(wanted)) {
    throw new Error(`There is no bench ${wanted}; there are ${names.join(', ')}.`);
  }
  for (const name of wanted === undefined ? names : [wanted]) {
    const { claim } = (await import(join(__dirname, `${name}${suffix}`))) as { claim: Claim };
    console.log(`\n${name}: ${claim.title}\n`);
    console.log(table(await claim.run()));
    for (const note of claim.notes) console.log(`  ${note}`);
    const load = loadavg().map((each) => each.toFixed(1));
    console.log(`  ${cpus().length} cores, load average ${load.join(' ')}, node ${process.version}`);
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? (error.stack ?? error.message) : error);
    process.exit(1);
  },
);
