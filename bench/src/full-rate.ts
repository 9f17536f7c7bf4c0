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

async function logOf(connectionString: string) {
  const client = new Client({ connectionString });
  await client.connect();
  const accepted = `select at from log.event where type like '%message-accepted%'`;
  const one = async (sql: string): Promise<number> => {
    const { rows } = await client.query<{ value: string }>(sql);
    return Number(rows[0]?.value);
  };
  return {
    outcomes: () => one(`select count(*) as value from (${accepted}) as accepted`),
    /** Between the first and the last tenth. */
    steadyRate: () =>
      one(`
        with accepted as (${accepted}),
        bounds as (
          select percentile_disc(0.1) within group (order by at) as first,
                 percentile_disc(0.9) within group (order by at) as last
            from accepted)
        select count(*) / extract(epoch from max(last) - min(first)) as value
          from accepted, bounds where at between first and last`),
    end: () => client.end(),
  };
}
