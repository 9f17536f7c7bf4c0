import { startSimulator } from '@postrider/cloud-api-simulator';
import { startSending, type Sending } from '../testing/sending';
import { sayChannel, senderId } from '../testing/set-up';

let sending: Sending;
beforeAll(async () => {
  sending = await startSending(await startSimulator({ port: 0 }));
  for (const marketingApi of ['with-fallback', 'strict'] as const) {
    await sayChannel(sending.others, { name: marketingApi, senderId, purpose: 'marketing', marketingApi });
  }
  await sending.service.host.readers.caughtUp('dispatch:configuration-copy', 'configuration', 5_000);
});
afterAll(() => sending.close());

async function sendBy(channel: string, phone: string): Promise<string> {
  const consent = { contact: { phone }, purpose: 'marketing', state: 'granted', source: 'form' };
  await sending.service.ask('POST', '/v1/consents', consent);
  return sending.send(phone, { channel, template: { name: 'welcome', language: 'en_US', variables: ['Ada'] } });
}
const onboard = (marketingMessagesStatus: string) =>
  fetch(`${sending.url}/_sim/accounts/2000000000000001`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ marketingMessagesStatus }),
  });

it('takes the other road at once where this one is closed, each attempt with its intent', async () => {
  await sending.fault({ on: 'send', kind: 'error', code: 134102, times: 1 });
  const id = await sendBy('with-fallback', '+34600550801');
  await sending.becomes(
    id,
    ...['MessageRequested', 'SendAttempted', 'AttemptFailed', 'SendAttempted', 'MessageAccepted'],
  );
  const [received] = await sending.atMeta('+34600550801');
  expect(received!.body).not.toHaveProperty('product_policy');
});

it('fails there where no other road is allowed', async () => {
  await onboard('ELIGIBLE');
  const id = await sendBy('strict', '+34600550802');
  await sending.becomes(id, 'MessageRequested', 'SendAttempted', 'MessageFailed');
});

it('goes by it where the account is on board', async () => {
  await onboard('ONBOARDED');
  const id = await sendBy('strict', '+34600550803');
  await sending.becomes(id, 'MessageRequested', 'SendAttempted', 'MessageAccepted');
  const [received] = await sending.atMeta('+34600550803');
  expect(received!.body).toMatchObject({ product_policy: 'STRICT' });
});
