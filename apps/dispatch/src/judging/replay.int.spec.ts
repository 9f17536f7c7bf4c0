import { startSimulator } from '@postrider/cloud-api-simulator';
import { policySchemas, replay, type PolicyName } from '@postrider/compliance';
import { PolicyChanged, type Decision } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import { eventually } from '@postrider/test-backends';
import { startSending, type Sending } from '../testing/sending';
import { said, sayChannel, sayInbound, senderId, workspaceId } from '../testing/set-up';

let sending: Sending;
beforeAll(async () => {
  sending = await startSending(await startSimulator({ port: 0 }));
});
afterAll(() => sending.close());

let version = 0;
async function put(name: PolicyName, policy: object): Promise<void> {
  const parsed = policySchemas[name].parse(policy) as Record<string, unknown>;
  const changed = said(PolicyChanged, { name, policyVersion: ++version, policy: parsed });
  await sending.others.say('configuration', derivedId.policy(workspaceId, name), changed);
  await eventually(async () => {
    const { rows } = await sending.service.host.pool.query('select version from known_policy where name = $1', [name]);
    expect(rows).toEqual([{ version }]);
  });
}

const marketing = { channel: 'demo-marketing', template: { name: 'welcome', language: 'en_US', variables: ['Ada'] } };
const card = { template: { name: 'order_update', language: 'en_US', variables: ['Ada', '4111 1111 1111 1111'] } };
const misfit = { template: { name: 'order_update', language: 'en_US', variables: ['Ada'] } };

/** An hour of messages of all kinds: to people who agreed, never agreed, stopped; near and far; often and seldom. */
async function anHour(hour: number): Promise<void> {
  const phone = (n: number) => `+4930557${hour.toString().padStart(2, '0')}${n.toString().padStart(2, '0')}0`;
  const consent = (n: number, state: string, to = phone(n)) => ({
    contact: { phone: to },
    purpose: 'marketing',
    state,
    source: 'form',
  });
  await sending.service.ask('POST', '/v1/consents', [
    consent(1, 'granted'),
    consent(2, 'granted'),
    consent(3, 'revoked'),
    consent(0, 'granted', '+12125550100'),
  ]);
  await sayInbound(sending.others, { phone: phone(4) }, sending.clock.now());
  const text = { text: { body: 'hi' } };
  const often = '+4930557990010';
  const messages = [
    ...[1, 2, 3, 5].map((n) => sending.order(phone(n), marketing)),
    ...[6, 7].map((n) => ({ ...sending.order(phone(n)), channel: 'by-day' })),
    ...[often, often].map((to) => sending.order(to)),
    { channel: 'demo-transactional', to: { phone: phone(4) }, ...text },
    { channel: 'demo-transactional', to: { phone: phone(8) }, ...text },
    sending.order('+12125550100', marketing),
    sending.order('+5351234500'),
    sending.order(phone(9), card),
    sending.order(phone(10), misfit),
  ];
  const { status, body } = await sending.service.ask('POST', '/v1/messages/batch', { messages });
  expect([status, body.results?.length]).toEqual([202, messages.length]);
}

interface Recorded {
  readonly type: string;
  readonly decision: Decision;
}

async function decisions(): Promise<Recorded[]> {
  const { log } = sending.service;
  const shards = await Promise.all((await log.heads()).map((head, shard) => log.readShard(shard, 0, head)));
  return shards.flat().flatMap(({ type, data }) => {
    const { decision } = data as { decision?: Decision };
    return decision === undefined ? [] : [{ type, decision }];
  });
}

it('gives the same answer for each decision of a day, from what the events hold alone', async () => {
  const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  const quietHours = policySchemas['quiet-hours'].parse({ weekly: [{ days, from: '20:00', to: '09:00' }] });
  await sayChannel(sending.others, { name: 'by-day', senderId, purpose: 'transactional', quietHours });
  await put('caps', { caps: [{ messages: 3, unit: 'day' }] });
  await put('spend', { currency: 'EUR', perDay: 100, rates: [{ category: 'utility', price: 0.05 }] });
  for (let hour = 0; hour < 24; hour++) {
    // Halfway through the day it has cost enough.
    if (hour === 12)
      await put('spend', { currency: 'EUR', perDay: 0.1, rates: [{ category: 'utility', price: 0.05 }] });
    await anHour(hour);
    sending.later(3_600_000);
  }
  await eventually(async () => {
    const { rows } = await sending.service.host.pool.query("select count(*)::int as n from due where kind = 'flight'");
    expect(rows[0].n).toBe(0);
  });
  const recorded = await decisions();
  expect(recorded.length).toBeGreaterThanOrEqual(24 * 14);
  for (const { decision } of recorded) expect(replay(decision)).toEqual(decision);
  const answers = new Set(recorded.map(({ decision }) => decision.code ?? decision.outcome));
  expect([...answers].sort()).toEqual(
    expect.arrayContaining([
      ...['content-not-permitted', 'country-not-served', 'frequency-cap', 'marketing-paused-in-country', 'no-consent'],
      ...['parameters-mismatch', 'quiet-hours', 'send', 'spend-limit', 'window-closed'],
    ]),
  );
});
