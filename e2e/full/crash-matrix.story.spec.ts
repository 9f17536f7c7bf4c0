import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@postrider/test-backends';
import { openCrashingShop, settled, type CrashingShop, type Tally } from '../platform/crashing-shop';
import { orderUpdate, readers, requestAll } from '../platform/shop';

let shop: CrashingShop;
beforeAll(async () => {
  shop = await openCrashingShop();
});
afterAll(() => shop?.close());

/** Of six kills each; `KILL_ROUNDS=10` kills sixty times. */
const rounds = Array.from({ length: Number(process.env.KILL_ROUNDS ?? 1) }, (_, index) => index + 1);

let peopleSoFar = 0;
const people = (count: number): string[] => {
  peopleSoFar += count;
  return readers(count, peopleSoFar - count);
};

const unknown = (tallies: readonly Tally[]): Tally[] => tallies.filter(({ state }) => state === 'unknown');

/** Each has a state that says so, and says why. */
async function saysWhy(tallies: readonly Tally[]): Promise<void> {
  for (const { messageId } of unknown(tallies)) {
    const { body } = await shop.running().call('GET', `/v1/messages/${messageId}`);
    const { because } = body.timeline.find(({ type }) => type === 'OutcomeUnknown') ?? {};
    expect(because).toBe('the process that sent it ended before it recorded the outcome');
  }
}

describe.each([
  ['one message', 1, 0],
  ['the middle of a thousand', 1_000, 400],
])('killed with %s under way', (_, count, letThrough) => {
  it('before the intent commits: all go out, once, after the restart', async () => {
    const phones = people(count);
    const held = await shop.hold('send-attempted', letThrough);
    await requestAll(shop.running().call, phones);
    await held.reached();
    await shop.crash();
    await shop.start();
    const tallies = await settled(shop, phones);
    if (count === 1) expect(unknown(tallies)).toEqual([]);
    await saysWhy(tallies);
  });

  it('after the intent, before Meta has heard of it: unknown, and not sent again', async () => {
    const phones = people(count);
    if (count === 1) shop.line.swallow();
    const accepted = requestAll(shop.running().call, phones);
    if (count > 1) {
      await eventually(async () => expect((await shop.meta.taken()).size).toBeGreaterThan(letThrough));
      shop.line.swallow();
    }
    await accepted;
    await eventually(() => expect(shop.line.swallowed()).toBeGreaterThan(0), { withinMs: 20_000, everyMs: 2 });
    await shop.crash();
    shop.line.mend();
    await shop.start();
    const tallies = await settled(shop, phones);
    expect(unknown(tallies).length).toBeGreaterThan(0);
    await saysWhy(tallies);
  });

  it('during the POST, which Meta takes after the crash: its status settles it', async () => {
    const phones = people(count);
    await shop.meta.faults({ on: 'send', kind: 'delay', delayMs: 1_500, rate: 1 });
    await requestAll(shop.running().call, phones);
    await eventually(
      async () => {
        const { body } = await shop.meta.call('GET', '/_sim/faults');
        expect((body.data[0] as unknown as { hits: number }).hits).toBeGreaterThan(letThrough / 2);
      },
      { withinMs: 20_000, everyMs: 5 },
    );
    await shop.crash();
    await shop.meta.faults();
    await shop.start();
    await saysWhy(await settled(shop, phones));
  });

  it('after Meta took it and before the outcome commits: its status settles it', async () => {
    const phones = people(count);
    const held = await shop.hold('message-accepted', letThrough);
    await requestAll(shop.running().call, phones);
    await held.reached();
    await shop.crash();
    await shop.start();
    const tallies = await settled(shop, phones);
    // Of a thousand some are about to leave at that moment: no status will tell of them, so they stay unknown, and say so.
    expect(unknown(tallies).filter(({ taken }) => taken > 0)).toEqual([]);
    if (count === 1) expect(unknown(tallies)).toEqual([]);
    await saysWhy(tallies);
  });

  it('after the outcome committed: nothing is left open', async () => {
    const phones = people(count);
    const ids = await requestAll(shop.running().call, phones);
    await eventually(
      async () => {
        const { body } = await shop.running().call('GET', `/v1/messages/${ids[letThrough]}`);
        expect(body.state).toBe('accepted');
      },
      { withinMs: 20_000, everyMs: 5 },
    );
    await shop.crash();
    await shop.start();
    const tallies = await settled(shop, phones);
    expect(tallies.find(({ messageId }) => messageId === ids[letThrough])).toMatchObject({ state: 'read', taken: 1 });
    await saysWhy(tallies);
  });
});

it('killed before a request commits: asked again under its key, it is one message', async () => {
  const [phone = ''] = people(1);
  const ask = () => {
    return shop.running().call('POST', '/v1/messages', orderUpdate(phone), { 'idempotency-key': 'order-1042' });
  };
  const held = await shop.hold('message-requested');
  const cutOff = expect(ask()).rejects.toThrow();
  await held.reached();
  await shop.crash();
  await cutOff;
  await shop.start();
  expect(await ask()).toMatchObject({ status: 202 });
  expect(await ask()).toMatchObject({ status: 202 });
  expect(unknown(await settled(shop, [phone]))).toEqual([]);
});

it.each(rounds)('killed at moments of chance, again and again, while thousands are under way (round %d)', async () => {
  const phones: string[] = [];
  for (const afterMs of [15, 60, 150, 350, 700, 1_100]) {
    const more = people(500);
    phones.push(...more);
    await requestAll(shop.running().call, more);
    await pause(afterMs * (0.5 + Math.random()));
    await shop.crash();
    await shop.start();
  }
  await saysWhy(await settled(shop, phones));
});

it('stopped cleanly in the middle of a thousand: nothing is unknown, and the rest goes out after the start', async () => {
  const phones = people(1_000);
  await shop.meta.faults({ on: 'send', kind: 'delay', delayMs: 300, rate: 1 });
  await requestAll(shop.running().call, phones);
  await eventually(async () => expect((await shop.meta.taken()).get(phones[0]?.slice(1) ?? '')).toBe(1));
  expect(await shop.stop()).toBe(0);
  await shop.meta.faults();
  await shop.start();
  expect(unknown(await settled(shop, phones))).toEqual([]);
});
