import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@postrider/test-backends';
import { startMetaAlone, type MetaAlone } from '../platform/meta-alone';
import { startPostrider, type Postrider } from '../platform/postrider';
import { allMessages, openShop, readers, requestAll } from '../platform/shop';
import { bucketOfState, bucketsOf, sumOf, type Buckets } from '../platform/buckets';

let meta: MetaAlone;
let postrider: Postrider;
beforeAll(async () => {
  meta = await startMetaAlone();
  await meta.settings({ webhookTimeoutMs: 1_000, webhookRetryMaxMs: 2_000 });
  postrider = await startPostrider({
    env: { POSTRIDER_SIMULATOR: '0', POSTRIDER_SEND_TIMEOUT_MS: '2000', POSTRIDER_SENDER_LEASE_MS: '6000' },
  });
  await openShop(postrider.call, meta.url);
});
afterAll(async () => {
  await meta?.stop();
});

interface Fault {
  readonly on: 'send' | 'webhook';
  readonly kind: string;
  readonly rate: number;
  readonly code?: number;
  readonly delayMs?: number;
}
const faults: readonly Fault[] = [
  { on: 'send', kind: 'delay', delayMs: 300, rate: 0.5 },
  { on: 'send', kind: 'error', code: 130429, rate: 0.1 },
  { on: 'send', kind: 'error', code: 131000, rate: 0.25 },
  { on: 'send', kind: 'error', code: 131026, rate: 0.5 },
  { on: 'send', kind: 'error', code: 131056, rate: 0.01 },
  { on: 'send', kind: 'timeout', rate: 0.05 },
  { on: 'send', kind: 'reset', rate: 0.1 },
  { on: 'send', kind: 'timeout-after-accept', rate: 0.5 },
  { on: 'webhook', kind: 'duplicate', rate: 0.5 },
  { on: 'webhook', kind: 'reorder', rate: 0.5 },
  { on: 'webhook', kind: 'drop', rate: 0.1 },
  { on: 'webhook', kind: 'delay', delayMs: 1_000, rate: 0.25 },
  { on: 'webhook', kind: 'batch', rate: 0.5 },
  { on: 'webhook', kind: 'timeout', rate: 0.05 },
  { on: 'webhook', kind: 'reset', rate: 0.25 },
  { on: 'webhook', kind: 'error', rate: 0.5 },
  { on: 'webhook', kind: 'oversize', rate: 0.01 },
  { on: 'webhook', kind: 'forge', rate: 0.1 },
];
const named = faults.map((fault) => {
  const { on, kind, code, rate } = fault;
  return [[on, kind, code, 'at', `${rate * 100} %`].filter((word) => word !== undefined).join(' '), fault] as const;
});
/** Shared by all kinds in the gate; `FAULT_MESSAGES=90000` is 5,000 for each. */
const messages = Number(process.env.FAULT_MESSAGES ?? 5_000);

const buckets = async (): Promise<Buckets> => bucketsOf((await postrider.call('GET', '/v1/reports/delivery')).body);

/** Looks at the buckets all the while; answers how often it did. */
function watchBuckets() {
  let looks = 0;
  let watching = true;
  let targeted = 0;
  const watched = (async () => {
    for (; watching; await pause(20)) {
      const now = await buckets();
      expect({ ...now, sum: now.targeted }).toEqual({ ...now, sum: sumOf(now) });
      expect([now.targeted >= targeted, now.sent >= now.delivered, now.delivered >= now.read]).toEqual([
        true,
        true,
        true,
      ]);
      targeted = now.targeted;
      looks++;
    }
  })();
  // Told where it is awaited.
  watched.catch(() => undefined);
  return {
    async end(): Promise<number> {
      watching = false;
      await watched;
      return looks;
    },
  };
}

let peopleSoFar = 0;
let looksSoFar = 0;

it.each(named)('the buckets add up at every moment under %s', async (_, fault) => {
  const count = Math.ceil(messages / faults.length);
  const phones = readers(count, peopleSoFar);
  peopleSoFar += count;
  const watch = watchBuckets();
  await meta.faults(fault);
  await requestAll(postrider.call, phones);
  await eventually(async () => expect(await buckets()).toMatchObject({ targeted: peopleSoFar, pending: 0 }), {
    withinMs: 60_000,
    everyMs: 100,
  });
  await meta.faults();
  looksSoFar += await watch.end();
});

it('and are, to the message, what the messages themselves say', async () => {
  expect(looksSoFar).toBeGreaterThan(faults.length * 3);
  await eventually(
    async () => {
      const counted: Record<string, number> = {};
      for (const { state } of await allMessages(postrider.call)) {
        for (const bucket of ['targeted', ...bucketOfState(state)]) counted[bucket] = (counted[bucket] ?? 0) + 1;
      }
      const now = await buckets();
      expect(now).toEqual({ ...now, ...counted });
      expect(sumOf(now)).toBe(peopleSoFar);
      expect(counted['targeted']).toBe(peopleSoFar);
    },
    // The list is read page by page, so that it is compared once the last statuses have come.
    { withinMs: 90_000, everyMs: 500 },
  );
});

it('nobody got two messages, and what Meta took is never said to have failed', async () => {
  const taken = await meta.taken();
  const all = await allMessages(postrider.call);
  const wrong = all
    .map(({ id, state, to: { phone } }) => ({ id, state, times: taken.get(phone.slice(1)) ?? 0 }))
    .filter(({ state, times }) =>
      times === 0 ? bucketOfState(state).includes('sent') : times > 1 || state === 'failed',
    );
  expect(wrong).toEqual([]);
});
