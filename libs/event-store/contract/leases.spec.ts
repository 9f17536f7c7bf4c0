import { LeaseLost, type EventLog, type Leases } from '../src/index';
import { eventually } from '@postrider/test-backends';
import { closing, emptyLogDatabase, onEachLog, openPostgres } from './both-logs';
import { append } from './given';

onEachLog('a lease', (open) => {
  let log: EventLog;
  let leases: Leases;
  beforeAll(async () => ({ log, leases } = await open()));

  it('is held by one owner at a time, who may take it again under the same fence', async () => {
    const first = await leases.acquire('one', 'me', 60_000);
    expect(first).toEqual({ name: 'one', owner: 'me', fence: 1, ttlMs: 60_000 });
    expect(await leases.acquire('one', 'you', 60_000)).toBeUndefined();
    expect(await leases.acquire('one', 'me', 60_000)).toMatchObject({ fence: 1 });
  });

  it('passes on when given back, under a greater fence', async () => {
    const mine = (await leases.acquire('passed on', 'me', 60_000))!;
    await leases.release(mine);
    expect(await leases.renew(mine)).toBe(false);
    const yours = await leases.acquire('passed on', 'you', 60_000);
    expect(yours?.fence).toBe(mine.fence + 1);
    await leases.release(mine);
    expect(await leases.renew(yours!)).toBe(true);
  });

  it('passes on when it runs out, and lasts while it is renewed', async () => {
    const mine = (await leases.acquire('short', 'me', 30))!;
    const yours = await eventually(async () => (await leases.acquire('short', 'you', 60_000)) ?? false);
    expect(yours.fence).toBe(mine.fence + 1);
    expect(await leases.renew(mine)).toBe(false);
    expect(await leases.renew(yours)).toBe(true);
    expect(await leases.acquire('short', 'me', 30)).toBeUndefined();
  });

  it('grows its fence when the same owner takes it anew after giving it back', async () => {
    const first = (await leases.acquire('anew', 'me', 60_000))!;
    await leases.release(first);
    expect((await leases.acquire('anew', 'me', 60_000))?.fence).toBe(first.fence + 1);
  });

  it('is counted while it is held', async () => {
    const one = (await leases.acquire('worker:1', 'me', 60_000))!;
    await leases.acquire('worker:2', 'you', 60_000);
    await leases.acquire('worker_3', 'you', 60_000);
    expect(await leases.held('worker:')).toBe(2);
    await leases.release(one);
    expect(await leases.held('worker:')).toBe(1);
  });

  it('lets its holder append, and nobody with an older fence', async () => {
    const mine = (await leases.acquire('fenced', 'me', 60_000))!;
    const held = append();
    expect(await log.append([held], { lease: 'fenced', fence: mine.fence })).toMatchObject([{ status: 'ok' }]);
    await leases.release(mine);
    const late = append();
    const refused = log.append([late], { lease: 'fenced', fence: mine.fence });
    await expect(refused).rejects.toThrow(LeaseLost);
    await leases.acquire('fenced', 'you', 60_000);
    await expect(log.append([late], { lease: 'fenced', fence: mine.fence })).rejects.toMatchObject({ lease: 'fenced' });
    expect(await log.readStream(late.streamId)).toEqual([]);
  });

  it('that was lost fails only the appends that demanded it', async () => {
    const mine = (await leases.acquire('mixed', 'me', 60_000))!;
    const good = { lease: 'mixed', fence: mine.fence };
    const stale = { lease: 'mixed', fence: mine.fence + 5 };
    const fences = [undefined, stale, good, undefined, stale, good];
    const outcomes = await Promise.allSettled(fences.map((fence) => log.append([append()], fence)));
    expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, true, false, true]);
  });
});

describe('a takeover, on Postgres', () => {
  const later = closing();

  it('waits for the append that is under way under the lease', async () => {
    const { log, leases, pool } = await openPostgres(later, await emptyLogDatabase());
    const waitsFor = (lock: string) =>
      eventually(async () => {
        const { rows } = await pool.query(
          `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like $1`,
          [`%${lock}%`],
        );
        return rows.length > 0;
      });
    const mine = (await leases.acquire('sender', 'me', 300))!;
    // A writer in the way: it makes the append wait after the lease row is locked.
    const one = append();
    const blocker = await pool.connect();
    await blocker.query('begin');
    await blocker.query('select 1 from log.shard_head where shard = $1 for update', [log.shardOf(one.orderingKey)]);
    const order: string[] = [];
    const appended = log
      .append([one], { lease: 'sender', fence: mine.fence })
      .then((verdicts) => (order.push('appended'), verdicts));
    await waitsFor('log.append');
    await eventually(async () => {
      const { rows } = await pool.query<{ over: boolean }>(
        'select clock_timestamp() > expires_at as over from log.lease',
      );
      return rows[0]?.over ?? false;
    });
    const takeover = leases.acquire('sender', 'you', 60_000).then((lease) => (order.push('taken over'), lease));
    await waitsFor('log.lease');
    expect(order).toEqual([]);
    await blocker.query('commit');
    blocker.release();
    expect(await appended).toMatchObject([{ status: 'ok' }]);
    expect((await takeover)?.fence).toBe(mine.fence + 1);
    await expect(log.append([append()], { lease: 'sender', fence: mine.fence })).rejects.toThrow(LeaseLost);
  });
});
