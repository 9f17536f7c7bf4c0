import { v7 } from 'uuid';
import { startDispatch, type Started } from '../testing/set-up';

let started: Started;
beforeAll(async () => {
  started = await startDispatch({ demo: false });
});
afterAll(() => started.service.close());

const put = (body: unknown) => started.service.ask('PUT', '/v1/contacts', body);

describe('PUT /v1/contacts', () => {
  it('keeps what a caller knows of a person, and shows it', async () => {
    const { status, body } = await put({
      phone: '+1 650 555 0400',
      userId: 'US.400',
      name: 'Ada',
      language: 'es',
      timeZone: 'Europe/Madrid',
      attributes: { tier: 'gold' },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      aliases: [
        { kind: 'phone', value: '+16505550400' },
        { kind: 'userId', value: 'US.400' },
      ],
      name: 'Ada',
      language: 'es',
      timeZone: 'Europe/Madrid',
      attributes: { tier: 'gold' },
      consents: [],
    });
    expect((await started.service.ask('GET', `/v1/contacts/${body.id}`)).body).toEqual(body);
  });

  it('changes what is given and leaves the rest; null removes', async () => {
    const first = await put({
      phone: '+16505550401',
      name: 'Ada',
      language: 'es',
      attributes: { tier: 'gold', size: 'M' },
    });
    const second = await put({ phone: '+16505550401', language: null, attributes: { tier: null } });
    expect(second.body).toMatchObject({ id: first.body.id, name: 'Ada', attributes: { size: 'M' } });
    expect(second.body).not.toHaveProperty('language');
  });

  it('makes one person of two when a caller shows that they are', async () => {
    const byPhone = await put({ phone: '+16505550402', name: 'Ada' });
    await put({ userId: 'US.402', attributes: { tier: 'gold' } });
    const both = await put({ phone: '+16505550402', userId: 'US.402' });
    expect(both.body).toMatchObject({ id: byPhone.body.id, name: 'Ada', attributes: { tier: 'gold' } });
    expect(both.body.aliases).toHaveLength(2);
  });

  it('takes many', async () => {
    const { body } = await put([{ phone: '+16505550403' }, { phone: '+16505550404' }]);
    expect(body.data.map(({ aliases }: { aliases: { value: string }[] }) => aliases[0]!.value)).toEqual([
      '+16505550403',
      '+16505550404',
    ]);
  });

  it.each([
    ['nobody', {}, 'phone'],
    ['an impossible number', { phone: '+12' }, '0.phone'],
    ['a time zone that is none', { phone: '+16505550405', timeZone: 'Mars/Base' }, 'timeZone'],
  ])('refuses %s with the path', async (_, given, path) => {
    const { status, body } = await put(given);
    expect([status, body.code, body.errors[0].path]).toEqual([400, 'malformed', path]);
  });
});

describe('GET /v1/contacts/{id}', () => {
  it('says that there is none', async () => {
    for (const id of [v7(), 'nobody'])
      expect((await started.service.ask('GET', `/v1/contacts/${id}`)).status).toBe(404);
  });
});
