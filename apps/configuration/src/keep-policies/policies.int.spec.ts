import { startSimulator } from '@postrider/cloud-api-simulator';
import { setUp, type SetUp } from '../testing/set-up';

describe('policies', () => {
  let made: SetUp;
  beforeAll(async () => {
    made = await setUp(startSimulator);
  });
  afterAll(() => made.close());
  const ask: SetUp['service']['ask'] = (...args) => made.service.ask(...args);

  it('begin as what holds by default, and count their versions', async () => {
    const none = { caps: [] };
    expect((await ask('GET', '/v1/policies/caps')).body).toEqual({
      name: 'caps',
      version: 0,
      policy: none,
      defaults: none,
    });
    const caps = { caps: [{ messages: 3, unit: 'day', purpose: 'marketing' }] };
    expect((await ask('PUT', '/v1/policies/caps', caps)).body).toMatchObject({ version: 1 });
    expect((await ask('PUT', '/v1/policies/caps', caps)).body).toMatchObject({ version: 1 });
    const more = { caps: [{ messages: 5, unit: 'day', purpose: 'marketing' }] };
    const { body } = await ask('PUT', '/v1/policies/caps', more);
    expect(body).toMatchObject({ version: 2, policy: { caps: [{ messages: 5, every: 1, then: 'hold' }] } });
  });

  it.each([
    ['quiet-hours', { timeZone: 'Europe/Berlin', weekly: [{ days: ['sunday'], from: '00:00', to: '23:59' }] }],
    ['countries', { marketingPaused: [{ country: 'US', from: '2025-04-01', because: "Meta's pause" }] }],
    ['keywords', { sets: [{ name: 'stop', does: 'opt-out', words: ['stop', 'alto', '停止'] }] }],
    ['replies', { rules: [{ when: 'after-opt-out', reply: { text: 'You will hear no more from us.' } }] }],
    ['health', { regulated: true, freeOfHealthContent: [{ name: 'reminder' }] }],
    ['spend', { currency: 'EUR', perDay: 100, rates: [{ country: 'DE', category: 'marketing', price: 0.11 }] }],
  ])('take %s', async (name, policy) => {
    expect((await ask('PUT', `/v1/policies/${name}`, policy)).status).toBe(200);
    expect((await ask('GET', `/v1/policies/${name}`)).body.policy).toMatchObject(policy);
  });

  it("begin with Meta's pause in the United States, and with keywords in four languages", async () => {
    const fresh = await setUp(startSimulator);
    try {
      const policyOf = async (name: string) => (await fresh.service.ask('GET', `/v1/policies/${name}`)).body.policy;
      expect(await policyOf('countries')).toMatchObject({
        notServed: ['CU', 'IR', 'KP', 'SY'],
        marketingPaused: [{ country: 'US', from: '2025-04-01' }],
        northAmerica: { tollFree: 'paused', territories: 'paused', unknown: 'paused' },
      });
      const { sets } = (await policyOf('keywords')) as { sets: { language: string }[] };
      expect([...new Set(sets.map(({ language }) => language))].sort()).toEqual(['en', 'es', 'pt', 'zh']);
    } finally {
      await fresh.close();
    }
  });

  it('keep the built-in keywords beside what is put, until that is said otherwise', async () => {
    const { body } = await ask('PUT', '/v1/policies/keywords', { sets: [] });
    expect(body).toMatchObject({ policy: { includeDefaults: true, sets: [] }, defaults: { includeDefaults: true } });
  });

  it('answer 400 to what they do not know, and 404 to a name that is none', async () => {
    const { status, body } = await ask('PUT', '/v1/policies/countries', { notServed: ['Germany'], more: 1 });
    expect(status).toBe(400);
    expect(body.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['more', 'notServed.0']);
    expect((await ask('GET', '/v1/policies/weather')).status).toBe(404);
    expect((await ask('PUT', '/v1/policies/weather', {})).status).toBe(404);
  });
});
