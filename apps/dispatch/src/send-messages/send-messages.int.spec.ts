import { startSimulator } from '@postrider/cloud-api-simulator';
import { StatusReported } from '@postrider/event-contracts';
import { aliasKeys, derivedId, readCallbackToken } from '@postrider/keys';
import { eventually } from '@postrider/test-backends';
import { startSending, type Sending } from '../testing/sending';
import { accountId, phoneNumberId, senderId, wabaId } from '../testing/set-up';

let sending: Sending;
beforeAll(async () => {
  sending = await startSending(await startSimulator({ port: 0 }), { env: { POSTRIDER_SEND_TIMEOUT_MS: '1000' } });
});
afterAll(() => sending.close());
afterEach(() => sending.noFaults());

const accepted = ['MessageRequested', 'SendAttempted', 'MessageAccepted'];

describe('what Meta takes', () => {
  it('is sent once, its intent written down before, under a token that names message and attempt', async () => {
    const id = await sending.send('+49305550200');
    const [, attempted, taken] = await sending.becomes(id, ...accepted);
    expect(attempted!.data).toMatchObject({ attempt: 1, senderId, fence: expect.any(Number) });
    const received = await sending.atMeta('+49305550200');
    expect(received).toHaveLength(1);
    expect(taken!.data).toMatchObject({ attempt: 1, wamid: received[0]!.wamid });
    expect(readCallbackToken(sending.others.identitySecret, received[0]!.callbackData)).toEqual({
      messageId: id,
      attempt: 1,
    });
  });

  it('leaves nothing behind that is due', async () => {
    await sending.becomes(await sending.send('+49305550201'), ...accepted);
    await eventually(async () => {
      const { rows } = await sending.service.host.pool.query('select 1 from due');
      expect(rows).toEqual([]);
    });
  });
});

describe('what Meta refuses', () => {
  it('fails for good where trying again is no use', async () => {
    await sending.fault({ on: 'send', kind: 'error', code: 131051 });
    const id = await sending.send('+49305550210');
    const events = await sending.becomes(id, 'MessageRequested', 'SendAttempted', 'MessageFailed');
    expect(events[2]!.data).toMatchObject({ attempt: 1, error: { metaCode: 131051, code: 'type-unsupported' } });
  });

  it('is tried again when its code says so, and then taken', async () => {
    await sending.fault({ on: 'send', kind: 'error', code: 130429, times: 1 });
    const id = await sending.send('+49305550211');
    const events = await sending.becomes(
      id,
      ...['MessageRequested', 'SendAttempted', 'AttemptFailed'],
      ...['SendAttempted', 'MessageAccepted'],
    );
    const waited = Date.parse((events[2]!.data as { retryAt: string }).retryAt) - events[2]!.at.getTime();
    expect(waited).toBeGreaterThanOrEqual(990);
  });
});

describe('what may or may not have arrived', () => {
  it('is unknown, and its status settles it', async () => {
    await sending.fault({ on: 'send', kind: 'timeout-after-accept', times: 1 });
    const phone = '+49305550220';
    const id = await sending.send(phone);
    await sending.becomes(id, 'MessageRequested', 'SendAttempted', 'OutcomeUnknown');
    const [received] = await sending.atMeta(phone);
    await status(id, phone, received!.wamid);
    const events = await sending.becomes(id, 'MessageRequested', 'SendAttempted', 'OutcomeUnknown', 'OutcomeResolved');
    expect(events[3]!.data).toMatchObject({ outcome: 'accepted', by: 'status', wamid: received!.wamid });
  });

  it.each([
    ['resend', ['OutcomeResolved', 'SendAttempted', 'MessageAccepted']],
    ['give-up', ['OutcomeResolved', 'MessageFailed']],
    ['hold', ['OutcomeResolved']],
  ] as const)('is settled by %s once the patience is over', async (onUnknown, after) => {
    await sending.fault({ on: 'send', kind: 'timeout', times: 1 });
    const id = await sending.send(`+4930555023${onUnknown.length}`, { onUnknown });
    await sending.becomes(id, 'MessageRequested', 'SendAttempted', 'OutcomeUnknown');
    sending.later(11 * 60_000);
    const events = await sending.becomes(id, 'MessageRequested', 'SendAttempted', 'OutcomeUnknown', ...after);
    expect(events[3]!.data).toMatchObject({ outcome: onUnknown, by: 'policy' });
  });

  it('is said to be doubled when both attempts turn out to have arrived', async () => {
    await sending.fault({ on: 'send', kind: 'timeout-after-accept', times: 1 });
    const phone = '+49305550240';
    const id = await sending.send(phone, { onUnknown: 'resend' });
    await sending.becomes(id, 'MessageRequested', 'SendAttempted', 'OutcomeUnknown');
    const [first] = await sending.atMeta(phone);
    sending.later(11 * 60_000);
    const resent = [
      'MessageRequested',
      'SendAttempted',
      'OutcomeUnknown',
      'OutcomeResolved',
      'SendAttempted',
      'MessageAccepted',
    ];
    await sending.becomes(id, ...resent);
    await status(id, phone, first!.wamid);
    const events = await sending.becomes(id, ...resent, 'OutcomeResolved', 'DuplicateSendDetected');
    expect(events.at(-1)!.data).toMatchObject({ attempts: [1, 2] });
  });

  it('can be settled by an operator', async () => {
    await sending.fault({ on: 'send', kind: 'timeout', times: 1 });
    const id = await sending.send('+49305550241');
    await sending.becomes(id, 'MessageRequested', 'SendAttempted', 'OutcomeUnknown');
    const { status } = await sending.service.ask('POST', `/v1/messages/${id}/resolve`, { outcome: 'resend' });
    expect(status).toBe(200);
    const taken = ['OutcomeResolved', 'SendAttempted', 'MessageAccepted'];
    await sending.becomes(id, 'MessageRequested', 'SendAttempted', 'OutcomeUnknown', ...taken);
    const again = await sending.service.ask('POST', `/v1/messages/${id}/resolve`, { outcome: 'give-up' });
    expect([again.status, again.body.code]).toEqual([409, 'too-late']);
  });
});

describe('a failure that comes later', () => {
  it('ends a message that Meta had taken', async () => {
    const phone = '+49305550250';
    const id = await sending.send(phone);
    await sending.becomes(id, ...accepted);
    const [received] = await sending.atMeta(phone);
    await status(id, phone, received!.wamid, { status: 'failed', errors: [{ code: 131026 }] });
    const events = await sending.becomes(id, ...accepted, 'MessageFailed');
    expect(events[3]!.data).toMatchObject({ attempt: 1, error: { code: 'undeliverable' } });
  });

  it('takes the word of a person who stopped marketing, for the next message too', async () => {
    const phone = '+49305550251';
    const marketing = {
      channel: 'demo-marketing',
      template: { name: 'welcome', language: 'en_US', variables: ['Ada'] },
    };
    await sending.service.ask('POST', '/v1/consents', {
      contact: { phone },
      purpose: 'marketing',
      state: 'granted',
      source: 'form',
    });
    const id = await sending.send(phone, marketing);
    await sending.becomes(id, ...accepted);
    const [received] = await sending.atMeta(phone);
    await status(id, phone, received!.wamid, { status: 'failed', errors: [{ code: 131050 }] });
    await sending.becomes(id, ...accepted, 'MessageFailed');
    await eventually(async () => {
      const { body } = await sending.service.ask('POST', '/v1/messages', { ...sending.order(phone), ...marketing });
      expect(body.code).toBe('stopped');
    });
  });
});

/** As webhooks would say it. */
async function status(messageId: string, phone: string, wamid: string, changes: object = {}): Promise<void> {
  const keys = aliasKeys(sending.others.identitySecret, { phone });
  const conversationId = derivedId.conversation(senderId, keys[0]!);
  const where = {
    conversationId,
    accountId,
    senderId,
    wabaId,
    phoneNumberId,
    happenedAt: sending.clock.now().toISOString(),
  };
  const data = { ...where, wamid, status: 'sent', messageId, attempt: 1, ...changes };
  await sending.others.say('webhooks', conversationId, StatusReported.of(data, { phone }), keys);
}
