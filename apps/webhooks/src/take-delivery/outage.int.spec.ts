import { setTimeout as pause } from 'node:timers/promises';
import { eventually, gigabyteKb, ownPostgres, residentKb, testPostgres } from '@postrider/test-backends';
import { messageOf, post, serve, stored } from '../testing/served';

/** Sends messages from many connections until told to stop; tells which were acknowledged. */
function load(url: () => string, connections: number) {
  const acknowledged = new Set<string>();
  const statuses = new Map<number | undefined, number>();
  const waiting = new Set<string>();
  let running = true;
  let next = 0;
  const one = async (id: string): Promise<void> => {
    const status = await post(url(), messageOf(id));
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (status === 200) {
      acknowledged.add(id);
      waiting.delete(id);
    } else waiting.add(id);
  };
  const work = Promise.all(
    Array.from({ length: connections }, async () => {
      while (running) {
        // As Meta does, what was refused is sent again, later, and does not pile up without end.
        const [refused] = waiting;
        await one(refused !== undefined && waiting.size > 100 ? refused : `wamid.load.${next++}`);
        if (waiting.size > 0) await pause(50);
      }
    }),
  );
  return {
    ...{ acknowledged, statuses, waiting },
    async stop() {
      running = false;
      await work;
    },
    /** As Meta does: until each is acknowledged. */
    async repeat() {
      await eventually(
        async () => {
          await Promise.all([...waiting].slice(0, 200).map(one));
          expect(waiting.size).toBe(0);
        },
        { withinMs: 20_000 },
      );
    },
  };
}

it('a database that dies under load costs 503s and nothing else: what Meta repeats lands, once', async () => {
  const postgres = await ownPostgres();
  const databaseUrl = await postgres.newDatabase('outage');
  const { url, child } = await serve(databaseUrl);
  try {
    const sending = load(() => url, 20);
    await eventually(async () => expect(sending.acknowledged.size).toBeGreaterThan(100), { withinMs: 20_000 });
    await postgres.stop();
    const before = sending.acknowledged.size;
    await eventually(async () => expect(sending.statuses.get(503) ?? 0).toBeGreaterThan(50), { withinMs: 20_000 });
    await postgres.start();
    await eventually(async () => expect(sending.acknowledged.size).toBeGreaterThan(before + 100), { withinMs: 30_000 });
    await sending.stop();
    await sending.repeat();
    expect([...sending.statuses.keys()].filter((status) => status !== 200 && status !== 503)).toEqual([]);
    const counts = await stored(databaseUrl);
    expect([...sending.acknowledged].filter((id) => counts.get(id) !== 1)).toEqual([]);
    expect(counts.size).toBe(sending.acknowledged.size);
  } finally {
    child.kill('SIGKILL');
    await postgres.stop();
  }
});

it('a process that is killed has lost nothing that it acknowledged', async () => {
  const databaseUrl = await (await testPostgres()).newDatabase('killed');
  let serving = await serve(databaseUrl);
  try {
    const sending = load(() => serving.url, 20);
    for (const target of [150, 400]) {
      await eventually(async () => expect(sending.acknowledged.size).toBeGreaterThan(target), { withinMs: 20_000 });
      serving.child.kill('SIGKILL');
      serving = await serve(databaseUrl);
    }
    await sending.stop();
    await sending.repeat();
    const counts = await stored(databaseUrl);
    expect([...sending.acknowledged].filter((id) => counts.get(id) !== 1)).toEqual([]);
  } finally {
    serving.child.kill('SIGKILL');
  }
});

it('an overload is answered 503 within bounded memory, and the full rate is back at once', async () => {
  const databaseUrl = await (await testPostgres()).newDatabase('overload');
  const { url, child } = await serve(databaseUrl);
  try {
    const big = (id: number) => messageOf(`wamid.big.${id}`, 'x'.repeat(1_500_000));
    const bodies = Array.from({ length: 8 }, (_, index) => big(index));
    const statuses: (number | undefined)[] = [];
    let peakKb = 0;
    await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        for (let round = 0; round < 3; round++) {
          statuses.push(await post(url, bodies[(index + round) % bodies.length]!));
          peakKb = Math.max(peakKb, residentKb(child.pid));
        }
      }),
    );
    expect(peakKb).toBeLessThan(gigabyteKb);
    expect(statuses).toContain(503);
    expect(statuses.filter((status) => status !== 200 && status !== 503 && status !== undefined)).toEqual([]);
    await eventually(async () => expect(await post(url, messageOf('wamid.after'))).toBe(200), { withinMs: 10_000 });
  } finally {
    child.kill('SIGKILL');
  }
});
