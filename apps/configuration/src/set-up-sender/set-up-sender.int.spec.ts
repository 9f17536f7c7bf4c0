import { startSimulator } from '@postrider/cloud-api-simulator';
import { connected, setUp, type SetUp } from '../testing/set-up';

describe('setting up a sender', () => {
  let made: SetUp;
  let at: string;
  beforeAll(async () => {
    made = await setUp(startSimulator);
    at = `/v1/senders/${(await connected(made)).senders[1]!.id}`;
  });
  afterAll(() => made.close());
  const ask: SetUp['service']['ask'] = (...args) => made.service.ask(...args);

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

  it('answers 404 where there is no such sender', async () => {
    expect((await ask('GET', '/v1/senders/0198b7a0-0000-7000-8000-000000000009/profile')).status).toBe(404);
  });
});
