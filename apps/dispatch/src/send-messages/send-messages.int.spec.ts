import { startSimulator, type RunningSimulator } from '@postrider/cloud-api-simulator';
import { StatusReported } from '@postrider/event-contracts';
import { aliasKeys, derivedId, readCallbackToken } from '@postrider/keys';
import { eventually } from '@postrider/test-backends';
import { accountId, movingClock, phoneNumberId, senderId, startDispatch, wabaId, type Started } from '../testing/set-up';

let simulator: RunningSimulator;
let started: Started;
beforeAll(async () => {
  simulator = await startSimulator({ port: 0 });
  started = await startDispatch({ graphUrl: simulator.url, clock: movingClock() });
});
afterAll(async () => {
  await started.service.close();
  await simulator.close();
});
afterEach(() => fetch(`${simulator.url}/_sim/faults`, { method: 'DELETE' }));

const order = (phone: string, changes: object = {}) => ({
  channel: 'demo-transactional',
  to: { phone },
  template: { name: 'order_update', language: 'en_US', variables: ['Ada', 'A-1001'] },
  ...changes,
});
async function send(body: object): Promise<string> {
  const { status, body: answer } = await started.service.ask('POST', '/v1/messages', body);
  expect([status, answer.code]).toEqual([202, undefined]);
  return answer.id;
}
const typesOf = async (id: string) => (await started.service.log.readStream(id)).map(({ type }) => type);
async function becomes(id: string, ...types: string[]) {
  await eventually(async () => expect(await typesOf(id)).toEqual(types), { withinMs: 10_000 });
  return started.service.log.readStream(id);
}
const fault = (body: object) =>
  fetch(`${simulator.url}/_sim/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
async function atMeta(phone: string): Promise<{ id: string; request: Record<string, unknown> }[]> {
  const answer = await fetch(`${simulator.url}/_sim/messages?to=${encodeURIComponent(phone)}`);
  return ((await answer.json()) as { data: { id: string; request: Record<string, unknown> }[] }).data;
}

it('sends a message that was taken on, its intent written down before', async () => {
  const id = await send(order('+16505550200'));
  const [, attempted, accepted] = await becomes(id, 'MessageRequested', 'SendAttempted', 'MessageAccepted');
  expect(attempted!.data).toMatchObject({ attempt: 1, senderId, fence: expect.any(Number) });
  const [received] = await atMeta('+16505550200');
  expect(accepted!.data).toMatchObject({ attempt: 1, wamid: received!.id });
});
