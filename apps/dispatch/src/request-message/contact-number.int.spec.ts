import { sayChannel, senderId, startDispatch, type Started } from '../testing/set-up';

const [first, newest] = ['+4930555020', '+4930555021'] as const;
const userId = 'DE.two-numbers';

let started: Started;
beforeAll(async () => {
  started = await startDispatch();
  for (const number of ['as-named', 'first', 'newest'] as const)
    await sayChannel(started.others, { name: number, senderId, purpose: 'transactional', number });
  for (const person of [
    { phone: first, userId },
    { phone: newest, userId },
  ]) {
    expect((await started.service.ask('PUT', '/v1/contacts', person)).status).toBe(200);
    started.clock.advance(60_000);
  }
});
afterAll(() => started.service.close());

const template = { name: 'order_update', language: 'en_US', variables: ['Ada', 'A-1'] };
async function goesTo(channel: string, to: object): Promise<unknown> {
  const { status, body } = await started.service.ask('POST', '/v1/messages', { channel, to, template });
  expect([status, body.state]).toEqual([202, 'requested']);
  const [requested] = await started.service.log.readStream(body.id);
  return (requested!.personal as { to: unknown }).to;
}

describe('which of the numbers of a person a channel writes to', () => {
  it.each([
    ['as-named', { phone: first }, { phone: first }],
    ['as-named', { userId }, { userId }],
    ['first', { phone: newest }, { phone: first }],
    ['first', { userId }, { phone: first }],
    ['newest', { phone: first }, { phone: newest }],
    ['newest', { userId }, { phone: newest }],
  ])('%s: a message to %j goes to %j', async (channel, to, expected) => {
    expect(await goesTo(channel, to)).toEqual(expected);
  });

  it('is the one named, of somebody of whom nobody knows a number', async () => {
    expect(await goesTo('newest', { userId: 'DE.stranger' })).toEqual({ userId: 'DE.stranger' });
    expect(await goesTo('newest', { phone: '+4930555022' })).toEqual({ phone: '+4930555022' });
    await started.service.ask('PUT', '/v1/contacts', { userId: 'DE.no-number', name: 'Ada' });
    expect(await goesTo('first', { userId: 'DE.no-number' })).toEqual({ userId: 'DE.no-number' });
  });

  it('is told the same ahead', async () => {
    const message = { channel: 'newest', template };
    const { status } = await started.service.ask('POST', '/v1/decisions', { message, recipients: [{ userId }] });
    expect(status).toBe(200);
  });
});
