import { policySchemas } from '@postrider/compliance';
import { CallReported, MessageReceived, PolicyChanged, StatusReported } from '@postrider/event-contracts';
import { aliasKey, derivedId } from '@postrider/keys';
import { eventually } from '@postrider/test-backends';
import {
  accountId,
  phoneNumberId,
  said,
  senderId,
  startDispatch,
  wabaId,
  workspaceId,
  type Said,
  type Started,
} from '../testing/set-up';

let started: Started;
beforeAll(async () => {
  started = await startDispatch();
});
afterAll(() => started.service.close());

const hourMs = 3_600_000;
const before = (hours: number) => new Date(started.clock.now().getTime() - hours * hourMs).toISOString();
const placeOf = (phone: string) => {
  const key = aliasKey(started.others.identitySecret, { phone });
  const conversationId = derivedId.conversation(senderId, key);
  return { key, place: { conversationId, accountId, senderId, wabaId, phoneNumberId } };
};
function say(phone: string, event: Said): Promise<void> {
  const { key, place } = placeOf(phone);
  return started.others.say('webhooks', place.conversationId, event, [key]);
}
const textTo = (phone: string) =>
  started.service.ask('POST', '/v1/messages', {
    channel: 'demo-transactional',
    to: { phone: `+${phone}` },
    text: { body: 'hi' },
  });
const called = (phone: string, direction: 'in' | 'out') => {
  const { place } = placeOf(phone);
  const call = { ...place, happenedAt: before(23), callId: `wacid.${phone}`, event: 'connect', direction };
  return say(phone, said(CallReported, call));
};

describe('a call', () => {
  it('of the person lets free text follow', async () => {
    await called('16505550801', 'in');
    expect((await textTo('16505550801')).status).toBe(202);
  });

  it('of ours does not', async () => {
    await called('16505550802', 'out');
    const { status, body } = await textTo('16505550802');
    expect([status, (body as { code: string }).code]).toEqual([422, 'window-closed']);
  });
});

describe('a free entry', () => {
  const came = (phone: string, hours: number) => {
    const { place } = placeOf(phone);
    const message = { ...place, happenedAt: before(hours), wamid: `wamid.${phone}`, messageType: 'text' };
    const entry = { ...message, referral: { sourceType: 'ad' } };
    return say(phone, said(MessageReceived, entry, { message: { type: 'text' } }));
  };
  const toldFreeUntil = (phone: string, hours: number) => {
    const { place } = placeOf(phone);
    const status = { ...place, happenedAt: before(30), wamid: `wamid.out.${phone}`, status: 'sent' };
    const price = { pricing: { type: 'free_entry_point' }, conversationExpiresAt: before(-hours) };
    return say(phone, said(StatusReported, { ...status, ...price }));
  };
  const templateTo = async (phone: string) => {
    const template = { name: 'order_update', language: 'en_US', variables: ['Ada', 'A-1'] };
    const { body } = await started.service.ask('POST', '/v1/messages', {
      ...{ channel: 'demo-transactional', to: { phone: `+${phone}` }, template },
    });
    return (body as { decision: { outcome: string } }).decision.outcome;
  };
  beforeAll(async () => {
    started.clock.set('2026-11-10T12:00:00.000Z');
    // Nothing that costs anything may be sent.
    const policy = policySchemas.spend.parse({
      ...{ currency: 'EUR', perDay: 0.01, rates: [{ category: 'utility', price: 0.1 }] },
    }) as Record<string, unknown>;
    const id = derivedId.policy(workspaceId, 'spend');
    await started.others.say('configuration', id, said(PolicyChanged, { name: 'spend', policyVersion: 1, policy }));
    await eventually(async () => expect(await templateTo('16505550810')).toBe('hold'));
  });

  it('makes what is sent within a day free, as the answer that opens the three days', async () => {
    await came('16505550811', 23);
    await eventually(async () => expect(await templateTo('16505550811')).toBe('send'));
  });

  it('is over after a day without Meta saying until when it lasts', async () => {
    await came('16505550812', 25);
    await eventually(async () => {
      const { rows } = await started.service.host.pool.query('select from service_window where last_entry_at = $1', [
        before(25),
      ]);
      expect(rows).toHaveLength(1);
    });
    expect(await templateTo('16505550812')).toBe('hold');
  });

  it('lasts until when Meta says, whatever the service window does', async () => {
    await came('16505550813', 40);
    await toldFreeUntil('16505550813', 33);
    await eventually(async () => expect(await templateTo('16505550813')).toBe('send'));
    started.clock.advance(34 * hourMs);
    expect(await templateTo('16505550813')).toBe('hold');
  });
});
