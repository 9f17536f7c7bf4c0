import { memoryPartKeys, partContext, personalParts, type PersonalParts } from '@postrider/event-store';
import { keyring } from '@postrider/keys';
import { randomBytes, randomUUID } from 'node:crypto';
import type { Claim, Row } from './claim';

const rounds = 20_000;
const workspaceId = randomUUID();
const part = Buffer.from(
  JSON.stringify({ to: { phone: '+15550100001' }, payload: { text: { body: 'x'.repeat(400) } } }),
);
const people = Array.from({ length: 1_000 }, (_, n) => [`p.${n}`, `u.${n}`] as const);

/** Microseconds of processor time for one round. */
async function cpuUs(work: () => void | Promise<void>, count: number): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return Math.round(((user + system) / count) * 100) / 100;
}

async function measured(what: string, parts: PersonalParts, keysOf: (n: number) => readonly string[]): Promise<Row> {
  const owners = Array.from({ length: rounds }, (_, n) => ({ workspaceId, subjects: keysOf(n % people.length) }));
  const sealer = await parts.sealer(owners);
  const contexts = owners.map(() => partContext({ workspaceId, id: randomUUID() }));
  const boxes: Buffer[] = [];
  const seal = await cpuUs(() => {
    for (let n = 0; n < rounds; n++) boxes.push(sealer(owners[n]!, contexts[n]!, part));
  }, rounds);
  const all = boxes.map((box, n) => ({ box, context: contexts[n]! }));
  const open = await cpuUs(async () => {
    for (let n = 0; n < rounds; n += 500) await parts.openBoxes(all.slice(n, n + 500));
  }, rounds);
  return { what, 'seal µs': seal, 'open µs': open, bytes: boxes[0]!.length };
}

/** What it costs to seal and open one personal part. */
export const claim: Claim = {
  title: 'processor time for one personal part, keys at hand',
  notes: [
    `A part of ${part.length} bytes; processor time, since the machine is shared.`,
    'Reference: writing the part as JSON and reading it, which is done in either case.',
  ],
  async run() {
    const parts = personalParts({ service: 'bench', store: memoryPartKeys(), keys: keyring(randomBytes(32)) });
    const value = JSON.parse(part.toString()) as unknown;
    const texts: string[] = [];
    const write = await cpuUs(() => {
      for (let n = 0; n < rounds; n++) texts.push(JSON.stringify(value));
    }, rounds);
    const read = await cpuUs(() => {
      for (const text of texts) JSON.parse(text);
    }, rounds);
    await measured('warm-up', parts, (n) => [people[n]![0]]);
    return [
      await measured('one alias', parts, (n) => [people[n]![0]]),
      await measured('two aliases', parts, (n) => people[n]!),
      { what: 'reference: JSON alone', 'seal µs': write, 'open µs': read, bytes: part.length },
    ];
  },
};
