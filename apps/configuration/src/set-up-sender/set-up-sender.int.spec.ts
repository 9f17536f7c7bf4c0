import { startSimulator } from '@postrider/cloud-api-simulator';
import { eventually } from '@postrider/test-backends';
import { connected, setUp, wabaId, type SetUp } from '../testing/set-up';

describe('setting up a sender', () => {
  let made: SetUp;
  let at: string;
  let account: string;
  beforeAll(async () => {
    made = await setUp(startSimulator);
    const { id, senders } = await connected(made);
    account = `/v1/business-accounts/${id}`;
    at = `/v1/senders/${senders[1]!.id}`;
  });
  afterAll(() => made.close());
  const ask: SetUp['service']['ask'] = (...args) => made.service.ask(...args);
  const sim = async (path: string, body: object): Promise<unknown> => {
    const headers = { authorization: 'Bearer simulator-token', 'content-type': 'application/json' };
    const url = `${made.simulator.url}${path}`;
    return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json();
  };

  it('shows and changes what people see of it', async () => {
    const changed = await ask('PUT', `${at}/profile`, {
      about: 'Fresh every day',
      websites: ['https://jasper.example/'],
    });
    expect(changed.status).toBe(200);
    expect((await ask('GET', `${at}/profile`)).body).toMatchObject({ about: 'Fresh every day' });
  });

  it('answers 400 to a PIN, a code or a profile of another form', async () => {
    expect((await ask('POST', `${at}/register`, { pin: '12345' })).status).toBe(400);
    expect((await ask('POST', `${at}/verify-code`, { code: 'abc' })).status).toBe(400);
    expect((await ask('POST', `${at}/request-code`, { method: 'PIGEON', language: 'en_US' })).status).toBe(400);
    expect((await ask('PUT', `${at}/profile`, { about: 'x'.repeat(140) })).status).toBe(400);
  });

  it("registers it under a PIN, and passes Meta's refusal on", async () => {
    const registered = await ask('POST', `${at}/register`, { pin: '123456' });
    expect(registered.status).toBe(200);
    expect(registered.body.status).toBe('CONNECTED');
    const { history } = (await ask('GET', at)).body;
    expect(history.map(({ type }: { type: string }) => type)).toContain('SenderRegistered');
    const wrong = await ask('POST', `${at}/register`, { pin: '654321' });
    expect(wrong.status).toBe(422);
    expect(wrong.body).toMatchObject({ code: 'refused-by-meta', metaCode: 133005 });
  });

  it('brings a new number into use: a code, its proof, a PIN', async () => {
    const number = { cc: '49', phone_number: '30555019', verified_name: 'Jasper Berlin' };
    const { id } = (await sim(`/v25.0/${wabaId}/phone_numbers`, number)) as { id: string };
    const { senders } = (await ask('POST', `${account}/verify`)).body;
    const added = senders.find(({ phoneNumberId }: { phoneNumberId: string }) => phoneNumberId === id);
    expect(added).toMatchObject({ status: expect.not.stringMatching('CONNECTED'), health: { canSend: 'BLOCKED' } });
    const path = `/v1/senders/${added.id}`;
    expect((await ask('POST', `${path}/register`, { pin: '123456' })).body).toMatchObject({ metaCode: 133006 });
    expect((await ask('POST', `${path}/request-code`, { method: 'SMS', language: 'de_DE' })).status).toBe(204);
    const { verificationCode } = (await sim(`/_sim/numbers/${id}`, {})) as { verificationCode: string };
    const wrong = await ask('POST', `${path}/verify-code`, { code: '000-000' });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'refused-by-meta', metaCode: 136025 } });
    expect((await ask('POST', `${path}/verify-code`, { code: verificationCode })).status).toBe(204);
    const registered = await ask('POST', `${path}/register`, { pin: '123456' });
    expect(registered.body).toMatchObject({ status: 'CONNECTED', health: { canSend: 'AVAILABLE' } });
    const { history } = (await ask('GET', path)).body;
    expect(history.map(({ type }: { type: string }) => type)).toEqual(
      expect.arrayContaining(['SenderDiscovered', 'SenderHealthChanged', 'SenderRegistered', 'SenderStatusChanged']),
    );
    const kept = JSON.stringify(history);
    for (const secret of ['123456', verificationCode]) expect(kept).not.toContain(secret);
  });

  it('shows what blocks a number though it is well itself, with an alarm until it is mended', async () => {
    const health = async () => {
      await ask('POST', `${account}/verify`);
      return (await ask('GET', at)).body.health;
    };
    const alarms = async (): Promise<string[]> => {
      const { log } = made.service;
      const shards = await Promise.all([...Array(log.shards).keys()].map((shard) => log.readShard(shard, 0, 1_000)));
      const key = `sender-health:${at.split('/').at(-1)}`;
      return shards.flatMap((events) =>
        events.filter(({ data }) => (data as { key?: string }).key === key).map(({ type }) => type),
      );
    };
    await sim(`/_sim/accounts/${wabaId}`, { paymentMissing: true });
    expect(await health()).toEqual({
      canSend: 'BLOCKED',
      because: ['WABA: There is an error with the payment method. Add a payment method.'],
    });
    await eventually(async () => expect(await alarms()).toEqual(['AlarmRaised']));
    await sim(`/_sim/accounts/${wabaId}`, { paymentMissing: false });
    expect(await health()).toEqual({ canSend: 'AVAILABLE', because: [] });
    await eventually(async () => expect(await alarms()).toEqual(['AlarmRaised', 'AlarmCleared']));
  });

  it('answers 404 where there is no such sender', async () => {
    expect((await ask('GET', '/v1/senders/0198b7a0-0000-7000-8000-000000000009/profile')).status).toBe(404);
  });
});
