import { startSimulator } from '@postrider/cloud-api-simulator';
import { setUp, type SetUp } from '../testing/set-up';

describe('policies', () => {
  let made: SetUp;
  beforeAll(async () => {
    made = await setUp(startSimulator);
  });
  afterAll(() => made.close());
  const ask: SetUp['service']['ask'] = (...args) => made.service.ask(...args);

  it('begin empty, and count their versions', async () => {
    expect((await ask('GET', '/v1/policies/caps')).body).toEqual({ name: 'caps', version: 0, policy: {} });
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
    ['spend', { currency: 'EUR', perDay: 100, rates: [{ country: 'DE', category: 'marketing', price: 0.11 }] }],
  ])('take %s', async (name, policy) => {
    expect((await ask('PUT', `/v1/policies/${name}`, policy)).status).toBe(200);
    expect((await ask('GET', `/v1/policies/${name}`)).body.policy).toMatchObject(policy);
  });

  it('answer 400 to what they do not know, and 404 to a name that is none', async () => {
    const { status, body } = await ask('PUT', '/v1/policies/countries', { notServed: ['Germany'], more: 1 });
    expect(status).toBe(400);
    expect(body.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['more', 'notServed.0']);
    expect((await ask('GET', '/v1/policies/weather')).status).toBe(404);
    expect((await ask('PUT', '/v1/policies/weather', {})).status).toBe(404);
  });
});
