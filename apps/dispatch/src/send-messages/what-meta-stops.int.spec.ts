import { startSimulator } from '@postrider/cloud-api-simulator';
import { eventually } from '@postrider/test-backends';
import { startSending, type Sending } from '../testing/sending';
import { channelId } from '../testing/set-up';

let sending: Sending;
beforeAll(async () => {
  sending = await startSending(await startSimulator({ port: 0 }), { env: { POSTRIDER_SEND_TIMEOUT_MS: '1000' } });
});
afterAll(() => sending.close());
afterEach(() => sending.noFaults());

it('settles by one word all unknown outcomes that a filter finds, and no others', async () => {
  await sending.fault({ on: 'send', kind: 'timeout', times: 3 });
  const phones = ['+49305550600', '+49305550601', '+49305550602'];
  const ids = await Promise.all(phones.map((phone) => sending.send(phone)));
  const unknown = ['MessageRequested', 'SendAttempted', 'OutcomeUnknown'];
  for (const id of ids) await sending.becomes(id, ...unknown);
  await sending.service.host.readers.caughtUp('dispatch:due', 'dispatch', 5_000);
  const resolve = async (filter: object) =>
    (await sending.service.ask('POST', '/v1/messages/resolve', { outcome: 'give-up', filter })).body;

  expect(await resolve({ channelId: channelId('demo-marketing') })).toEqual({ resolved: 0 });
  expect(await resolve({ ids: ids.slice(0, 2) })).toEqual({ resolved: 2 });
  for (const id of ids.slice(0, 2)) await sending.becomes(id, ...unknown, 'OutcomeResolved', 'MessageFailed');
  await sending.becomes(ids[2]!, ...unknown);
  expect(await resolve({ channelId: channelId('demo-transactional') })).toEqual({ resolved: 1 });
});

it('refuses, with its reason, what Meta says the window closed on', async () => {
  await sending.fault({ on: 'send', kind: 'error', code: 131047, times: 1 });
  const id = await sending.send('+49305550610');
  const events = await sending.becomes(id, 'MessageRequested', 'SendAttempted', 'AttemptFailed', 'MessageRefused');
  expect(events.at(-1)!.data).toMatchObject({ code: 'window-closed', decision: { outcome: 'refuse' } });
});

it('stops a template for everybody once Meta says of one message that it is paused', async () => {
  await sending.fault({ on: 'send', kind: 'error', code: 132015, times: 1 });
  const id = await sending.send('+49305550620');
  await sending.becomes(id, 'MessageRequested', 'SendAttempted', 'MessageFailed');
  const order = sending.order('+49305550621');
  await eventually(async () =>
    expect((await sending.service.ask('POST', '/v1/decisions', order)).body.code).toBe('template-paused'),
  );
  const next = await sending.service.ask('POST', '/v1/messages', order);
  expect(next.body.decision).toMatchObject({ code: 'template-paused' });
  expect(next.body.state).not.toBe('requested');
  expect(await sending.atMeta('+49305550621')).toEqual([]);
});
