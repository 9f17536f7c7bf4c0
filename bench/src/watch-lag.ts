import { Client } from 'pg';
import { quantile } from './quantile';

export interface Lag {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

const everyMs = 20;

/**
 * How long ago what the slowest reader has not folded yet was appended, looked at every 20 ms in the two databases: by the
 * time at which the head of a shard was first seen beyond the reader's checkpoint. True to within two looks.
 */
export async function watchLag(urls: { log: string; readers: string }, readers: readonly string[]) {
  const [log, views] = await Promise.all([connected(urls.log), connected(urls.readers)]);
  const seen: { atMs: number; heads: Map<number, number> }[] = [];
  const lags: number[] = [];
  let watching = true;

  async function look(): Promise<void> {
    const checkpoints = await views.query<{ shard: number; pos: string }>(
      `select shard, min(pos) as pos from log.checkpoint where source = 'webhooks' and reader = any($1) group by shard`,
      [readers],
    );
    const heads = await log.query<{ shard: number; pos: string }>('select shard, pos from log.shard_head');
    const atMs = performance.now();
    seen.push({ atMs, heads: new Map(heads.rows.map(({ shard, pos }) => [shard, Number(pos)])) });
    const folded = new Map(checkpoints.rows.map(({ shard, pos }) => [shard, Number(pos)]));
    const isBehind = (of: Map<number, number>): boolean =>
      [...of].some(([shard, head]) => head > (folded.get(shard) ?? 0));
    // What every reader has passed is never looked at again.
    while (seen.length > 1 && !isBehind(seen[0]!.heads)) seen.shift();
    lags.push(isBehind(seen[0]!.heads) ? atMs - seen[0]!.atMs : 0);
  }

  const watched = (async () => {
    for (; watching; await new Promise((resolve) => setTimeout(resolve, everyMs))) await look();
  })();
  return {
    async end(): Promise<Lag> {
      watching = false;
      await watched;
      await Promise.all([log.end(), views.end()]);
      return { p50Ms: quantile(lags, 0.5), p99Ms: quantile(lags, 0.99), maxMs: Math.max(...lags) };
    },
  };
}

async function connected(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  await client.connect();
  return client;
}
