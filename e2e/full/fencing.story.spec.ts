import { setTimeout as pause } from 'node:timers/promises';
import { eventually, freePorts, ownPostgres, type OwnPostgres } from '@postrider/test-backends';
import { settled } from '../platform/crashing-shop';
import { holdCommits, holdNoCommits } from '../platform/held-commits';
import { startMetaAlone, type MetaAlone } from '../platform/meta-alone';
import { makeDataDir, startPostrider, type Postrider } from '../platform/postrider';
import { openShop, readers, requestAll } from '../platform/shop';

const leaseMs = 5_000;

/** Two whole processes on one database, so that both have the same senders to send for. */
let database: OwnPostgres;
let meta: MetaAlone;
let env: Record<string, string>;
let ports: number[];
let first: Postrider;
let second: Postrider;
const dataDir = makeDataDir();
const start = (place: number) => startPostrider({ dataDir, env: { ...env, PORT: `${ports[place]}` } });
beforeAll(async () => {
  [database, meta, ports] = await Promise.all([ownPostgres(), startMetaAlone(), freePorts(2)]);
  await meta.settings({ webhookRetryMaxMs: 1_000 });
  env = {
    DATABASE_URL: database.url,
    POSTRIDER_SIMULATOR: '0',
    POSTRIDER_SEND_TIMEOUT_MS: '3000',
    POSTRIDER_SENDER_LEASE_MS: `${leaseMs}`,
    // The second one is there to the end.
    POSTRIDER_PUBLIC_URL: `http://127.0.0.1:${ports[1]}`,
  };
  second = await start(1);
  await openShop(second.call, meta.url);
  await second.stop();
});
afterAll(async () => {
  for (const each of [first, second]) await each?.crash();
  await meta?.stop();
  await database?.stop();
});

const freeze = (postrider: Postrider) => postrider.process.kill('SIGSTOP');
const thaw = (postrider: Postrider) => postrider.process.kill('SIGCONT');
const takenOf = async (phones: readonly string[]): Promise<number> => {
  const taken = await meta.taken();
  return phones.filter((phone) => taken.has(phone.slice(1))).length;
};
const bySecond = {
  get meta() {
    return meta;
  },
  running: () => second,
};

it('a worker that slept past its lease in the middle of sending, and wakes, sends nothing that its heir has', async () => {
  first = await start(0);
  const phones = readers(2_000, 0);
  await meta.faults({ on: 'send', kind: 'delay', delayMs: 200, rate: 1 });
  await requestAll(first.call, phones);
  await eventually(async () => expect(await takenOf(phones)).toBeGreaterThan(100), { withinMs: 20_000, everyMs: 5 });
  freeze(first);
  await meta.faults();
  const before = await takenOf(phones);
  second = await start(1);
  await settled(bySecond, phones);
  expect(await takenOf(phones)).toBeGreaterThan(before);
  thaw(first);
  await settled(bySecond, phones);
});

it('a worker whose intents were committed while it slept does not send them when it learns of it', async () => {
  await second.stop();
  await first.stop();
  first = await start(0);
  const phones = readers(200, 8_000);
  const dispatch = Object.assign(new URL(database.url), { pathname: '/postrider_dispatch' }).toString();
  const held = await holdCommits(dispatch, { eventType: 'send-attempted', letThrough: 20 });
  await requestAll(first.call, phones);
  await held.reached();
  freeze(first);
  // It holds its lease in the database for as long as its commit waits.
  await held.release();
  await holdNoCommits(dispatch);
  second = await start(1);
  const unknown = (await settled(bySecond, phones)).filter(({ state }) => state === 'unknown');
  expect(unknown).not.toEqual([]);
  thaw(first);
  await settled(bySecond, phones);
});

it('two workers that fall asleep and wake in turn never send one message twice', async () => {
  const phones = readers(1_500, 4_000);
  await meta.faults({ on: 'send', kind: 'delay', delayMs: 100, rate: 0.5 });
  for (const sleeper of [first, second, first]) {
    const awake = sleeper === first ? second : first;
    await requestAll(awake.call, nextOf(phones));
    await pause(150 + Math.random() * 300);
    freeze(sleeper);
    await pause(leaseMs + 1_500);
    thaw(sleeper);
  }
  await meta.faults();
  await settled(bySecond, phones);
});

let asked = 0;
/** The next third of these people. */
function nextOf(phones: readonly string[]): string[] {
  const third = phones.length / 3;
  return phones.slice(asked++ * third, asked * third);
}
