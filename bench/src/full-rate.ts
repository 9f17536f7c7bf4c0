import { Client } from 'pg';
import type { Row } from './claim';
import type { MeasuredProcess } from './measured-process';
import { pause } from './small-shop';

/** Thousands of messages; 60 is a minute at a number's full rate. */
export const thousands = Number(process.env.BENCH_THOUSANDS ?? 15);

export interface Sending {
  readonly postrider: Pick<MeasuredProcess, 'usage'>;
  readonly dispatchUrl: string;
  /** Asks for so many messages, from this place on. */
  ask(first: number, count: number): Promise<unknown>;
}

/** From the first request to the last recorded outcome; requests come in batches, never far ahead of the sending. */
export async function atFullRate(what: string, { postrider, dispatchUrl, ask }: Sending): Promise<Row> {
  const log = await logOf(dispatchUrl);
  const before = await postrider.usage();
  const began = performance.now();
  for (let batch = 0; batch < thousands; batch++) {
    await ask(batch * 1_000, 1_000);
    while ((await log.outcomes()) < batch * 1_000 - 2_000) await pause(20);
  }
  const requestedMs = performance.now() - began;
  while ((await log.outcomes()) < thousands * 1_000) await pause(50);
  const recordedMs = performance.now() - began;
  const after = await postrider.usage();
  const steady = await log.steadyRate();
  await log.end();
  const count = thousands * 1_000;
  return {
    what,
    messages: count,
    'a second': Math.round((count * 1_000) / recordedMs),
    'steady a second': Math.round(steady),
    'requests taken a second': Math.round((count * 1_000) / requestedMs),
    'cpu ms each': (after.cpuMs - before.cpuMs) / count,
    'round trips each': (after.roundTrips - before.roundTrips) / count,
    'memory MB': Math.round(after.rssBytes / 1e6),
  };
}

/** Looks only at what is new each time: counting all anew would take the database's time from what is measured. */
async function logOf(connectionString: string) {
  const client = new Client({ connectionString });
  await client.connect();
  const at = new Map<number, string>();
  let accepted = 0;
  return {
    async outcomes(): Promise<number> {
      const { rows: heads } = await client.query<{ shard: number; pos: string }>(
        'select shard, pos from log.shard_head',
      );
      for (const { shard, pos } of heads) {
        const { rows } = await client.query<{ count: string }>({
          name: 'accepted',
          text: acceptedBetween,
          values: [shard, at.get(shard) ?? 0, pos],
        });
        accepted += Number(rows[0]?.count);
        at.set(shard, pos);
      }
      return accepted;
    },
    /** Between the first and the last tenth. */
    async steadyRate(): Promise<number> {
      const { rows } = await client.query<{ value: string }>(steadyRate);
      return Number(rows[0]?.value);
    },
    end: () => client.end(),
  };
}

const acceptedBetween = `
  select count(*) from log.event where shard = $1 and pos > $2 and pos <= $3 and type like '%message-accepted%'`;
const steadyRate = `
  with accepted as (select at from log.event where type like '%message-accepted%'),
  bounds as (
    select percentile_disc(0.1) within group (order by at) as first,
           percentile_disc(0.9) within group (order by at) as last
      from accepted)
  select count(*) / extract(epoch from max(last) - min(first)) as value
    from accepted, bounds where at between first and last`;
