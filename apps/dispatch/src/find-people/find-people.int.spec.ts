import { startDispatch, senderId, workspaceId, type Started } from '../testing/set-up';

let started: Started;
beforeAll(async () => {
  started = await startDispatch();
});
afterAll(() => started.service.close());

const put = async (bodies: readonly object[]) =>
  expect(await started.service.ask('PUT', '/v1/contacts', bodies)).toMatchObject({ status: 200 });
const consent = (phone: string, state: string) =>
  started.service.ask('POST', '/v1/consents', { contact: { phone }, purpose: 'marketing', state, source: 'form' });
const ask = (question: object, token = started.service.host.keys.internalToken) =>
  started.service.fastify.inject({
    method: 'POST',
    url: '/internal/people',
    headers: { authorization: `Bearer ${token}` },
    payload: { workspaceId, senderId, filter: {}, ...question },
  });
type Found = { to: { phone?: string }; row: Record<string, unknown> };
async function find(filter: object, limit = 2): Promise<Found[]> {
  const found: Found[] = [];
  for (let after: string | undefined; ;) {
    const { people, next } = (await ask({ filter, limit, ...(after === undefined ? {} : { after }) })).json();
    found.push(...people);
    if (next === null) return found;
    after = next;
  }
}
const phonesOf = (found: readonly Found[]) => found.map(({ to }) => to.phone).sort();

describe('people are found', () => {
  it('by what is known of them and what they said, each once, over pages', async () => {
    await put([
      { phone: '+34600700001', name: 'Ada', language: 'es', attributes: { tier: 'gold' } },
      { phone: '+34600700002', name: 'Bo', attributes: { tier: 'gold' } },
      { phone: '+351910000003', attributes: { tier: 'silver' } },
      { userId: 'US.7004', attributes: { tier: 'gold' } },
      { phone: '+34600700005', attributes: { tier: 'gold' } },
    ]);
    await consent('+34600700001', 'granted');
    await consent('+34600700002', 'granted');
    await consent('+34600700002', 'revoked');
    await put([{ phone: '+34600700001', userId: 'US.7001' }]);

    const gold = { all: [{ field: 'attributes.tier', op: 'is', value: 'gold' }] };
    expect(phonesOf(await find(gold))).toEqual(['+34600700001', '+34600700002', '+34600700005', undefined]);
    const [ada, ...others] = await find({ ...gold, consent: { purpose: 'marketing', state: 'granted' } });
    expect(others).toEqual([]);
    expect(ada).toEqual({
      to: { phone: '+34600700001' },
      row: { tier: 'gold', phone: '+34600700001', userId: 'US.7001', name: 'Ada', language: 'es', country: 'ES' },
    });
    expect(phonesOf(await find({ consent: { purpose: 'marketing', state: 'revoked' } }))).toEqual(['+34600700002']);
    expect(phonesOf(await find({ all: [{ field: 'country', op: 'is', value: 'PT' }] }))).toEqual(['+351910000003']);
  });

  it('for the services of the installation alone, and of their workspace', async () => {
    expect((await ask({}, 'test-api-key-of-all-scopes')).statusCode).toBe(401);
    expect((await ask({ workspaceId: '01900000-0000-7000-8000-0000000000ff' })).json()).toEqual({
      people: [],
      next: null,
    });
  });
});
