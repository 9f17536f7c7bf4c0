import { startSimulator } from '@postrider/cloud-api-simulator';
import { CredentialsRotated, SenderPaused, SenderResumed } from '@postrider/event-contracts';
import { eventually } from '@postrider/test-backends';
import { startSending, type Sending } from '../testing/sending';
import { accountId, senderId } from '../testing/set-up';

let sending: Sending;
beforeAll(async () => {
  sending = await startSending(await startSimulator({ port: 0 }));
});
afterAll(() => sending.close());
afterEach(() => sending.noFaults());

const minutes = (count: number): string => new Date(sending.clock.now().getTime() + count * 60_000).toISOString();
const cancel = (id: string) => sending.service.ask('POST', `/v1/messages/${id}/cancel`);
const consent = (phone: string, state: string) =>
  sending.service.ask('POST', '/v1/consents', { contact: { phone }, purpose: 'marketing', state, source: 'form' });

describe('a message for later', () => {
  it('goes at its time', async () => {
    const id = await sending.send('+49305550500', { scheduledAt: minutes(60) });
    await sending.becomes(id, 'MessageRequested');
    sending.later(61 * 60_000);
    await sending.becomes(id, 'MessageRequested', 'SendAttempted', 'MessageAccepted');
  });

  it('can be taken back before it goes', async () => {
    const id = await sending.send('+49305550501', { scheduledAt: minutes(60) });
    expect(await cancel(id)).toMatchObject({ status: 200, body: { id, state: 'cancelled' } });
    sending.later(61 * 60_000);
    await sending.becomes(await sending.send('+49305550502'), 'MessageRequested', 'SendAttempted', 'MessageAccepted');
    await sending.becomes(id, 'MessageRequested', 'MessageCancelled');
  });

  it('cannot be taken back when it has gone', async () => {
    const id = await sending.send('+49305550503');
    await sending.becomes(id, 'MessageRequested', 'SendAttempted', 'MessageAccepted');
    const { status, body } = await cancel(id);
    expect([status, body.code]).toEqual([409, 'too-late']);
  });

  it('is refused at its time where the person has changed their mind', async () => {
    const phone = '+49305550504';
    await consent(phone, 'granted');
    const marketing = {
      channel: 'demo-marketing',
      template: { name: 'welcome', language: 'en_US', variables: ['Ada'] },
    };
    const id = await sending.send(phone, { ...marketing, scheduledAt: minutes(60) });
    await consent(phone, 'revoked');
    sending.later(61 * 60_000);
    const [, refused] = await sending.becomes(id, 'MessageRequested', 'MessageRefused');
    expect(refused!.data).toMatchObject({ code: 'no-consent' });
  });
});

describe('a message whose sender cannot send', () => {
  it('waits, and goes when the sender can', async () => {
    await sending.others.say('configuration', senderId, SenderPaused.of({ senderId, because: 'a break' }));
    await sending.service.host.readers.caughtUp('dispatch:configuration-copy', 'configuration', 5_000);
    const { status, body } = await sending.service.ask('POST', '/v1/messages', sending.order('+49305550510'));
    expect([status, body.state, body.decision.code]).toEqual([202, 'held', 'sender-unable']);
    await sending.others.say('configuration', senderId, SenderResumed.of({ senderId }));
    const sent = ['MessageRequested', 'MessageHeld', 'MessageReleased', 'SendAttempted', 'MessageAccepted'];
    await sending.becomes(body.id, ...sent);
  });

  it('waits no longer than it may', async () => {
    await sending.others.say('configuration', senderId, SenderPaused.of({ senderId, because: 'a break' }));
    await sending.service.host.readers.caughtUp('dispatch:configuration-copy', 'configuration', 5_000);
    const id = await sending.send('+49305550511', { expiresAt: minutes(2) });
    sending.later(3 * 60_000);
    await sending.becomes(id, 'MessageRequested', 'MessageHeld', 'MessageExpired');
    await sending.others.say('configuration', senderId, SenderResumed.of({ senderId }));
    await sending.service.host.readers.caughtUp('dispatch:configuration-copy', 'configuration', 5_000);
  });

  it('waits after Meta no longer takes the token, and goes with a new one', async () => {
    await sending.fault({ on: 'send', kind: 'error', code: 190, times: 1 });
    const id = await sending.send('+49305550512');
    const begun = ['MessageRequested', 'SendAttempted', 'AttemptFailed', 'MessageHeld'];
    const held = await sending.becomes(id, ...begun);
    expect(held.at(-1)!.data).toMatchObject({ code: 'sender-unable' });
    const next = await sending.service.ask('POST', '/v1/messages', sending.order('+49305550513'));
    expect(next.body.state).toBe('held');
    await sending.others.say('configuration', accountId, CredentialsRotated.of({ accountId, credentialsVersion: 2 }));
    await sending.becomes(id, ...begun, 'MessageReleased', 'SendAttempted', 'MessageAccepted');
  });
});

describe('one person at a time', () => {
  it('gets 45 at once and the rest at a pace, while others are not kept waiting', async () => {
    const many = Array.from({ length: 50 }, () => sending.order('+49305550520'));
    const { body } = await sending.service.ask('POST', '/v1/messages/batch', { messages: many });
    await sending.becomes(await sending.send('+49305550521'), 'MessageRequested', 'SendAttempted', 'MessageAccepted');
    const last = body.results.map((result: { id: string }) => result.id);
    const streams = async () => [...(await sending.service.log.readStreams(last)).values()];
    const gone = async () => (await streams()).filter((events) => events.length > 1).length;
    await eventually(async () => expect(await gone()).toBe(45), { withinMs: 10_000 });
    sending.clock.advance(45 * 6_000 + 6_000);
    await eventually(async () => expect(await gone()).toBe(50), { withinMs: 10_000 });
  });
});
