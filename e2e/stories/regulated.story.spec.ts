import { eventually } from '@postrider/test-backends';
import { heard } from '../platform/heard';
import { caller, type Call } from '../platform/http';
import { startPostrider, type Postrider } from '../platform/postrider';

const soon = { withinMs: 20_000 };
const phone = '+34600800001';
const words = 'my knee hurts since Monday';

interface ReadingBody {
  readonly actor: string;
  readonly what: string;
  readonly ids: readonly string[];
  readonly contacts: readonly string[];
}

describe('a clinic in a regulated workspace', () => {
  let postrider: Postrider;
  let call: Postrider['call'];
  let nurse: { id: string; call: Call };
  let clerk: { id: string; call: Call };
  let conversationId: string;
  let contactId: string;
  beforeAll(async () => {
    postrider = await startPostrider();
    ({ call } = postrider);
  });
  afterAll(() => postrider?.stop());

  const order = (changes: object = {}) => ({
    channel: 'demo-transactional',
    to: { phone },
    template: { name: 'order_update', language: 'en_US', variables: ['Ana', 'A-1042'] },
    ...changes,
  });
  const { template: _, ...toHer } = order();
  const refusalOf = async (body: object) => {
    const answer = await call('POST', '/v1/messages', body);
    const { trail } = answer.body.decision as unknown as {
      trail: { rule: string; verdict: string; because: string }[];
    };
    return { status: answer.status, code: answer.body.code, said: trail.find(({ verdict }) => verdict === 'refuse') };
  };
  async function keyWith(name: string, scopes: readonly string[]) {
    const { status, body } = await call('POST', '/v1/api-keys', { name, scopes });
    expect(status).toBe(201);
    const { id, key } = body as unknown as { id: string; key: string };
    const own = caller(postrider.url, { authorization: `Bearer ${key}` });
    await eventually(async () => expect((await own('GET', '/v1/conversations')).status).toBe(200), soon);
    return { id, call: own };
  }
  const readings = async (query: string) =>
    (await call('GET', `/v1/readings?${query}`)).body.data as unknown as ReadingBody[];

  it('writes to a patient freely before it says what it is', async () => {
    const { status, body } = await call('POST', '/v1/messages', order());
    expect(status).toBe(202);
    await eventually(async () => expect((await call('GET', `/v1/messages/${body.id}`)).body.state).toBe('read'), soon);
    await postrider.meta('POST', '/_sim/inbound', {
      ...{ phoneNumberId: '3000000000000001', from: phone.slice(1), name: 'Ana' },
      message: { type: 'text', text: { body: words } },
    });
    await eventually(async () => {
      const { body: answered } = await call('POST', '/v1/decisions', { ...toHer, text: { body: 'Come at nine.' } });
      expect(answered.outcome).toBe('send');
    }, soon);
  });

  it('sends only approved templates that are marked, from the next message on, and says why not', async () => {
    const marked = [{ name: 'order_update', language: 'en_US' }];
    const put = await call('PUT', '/v1/policies/health', { regulated: true, freeOfHealthContent: marked });
    expect(put.status).toBe(200);
    const refused = { status: 422, code: 'health-content' };
    await eventually(async () => {
      expect(await refusalOf({ ...toHer, text: { body: 'Come at nine.' } })).toMatchObject(refused);
    }, soon);
    const free = await refusalOf({ ...toHer, text: { body: 'Come at nine.' } });
    expect(free.said).toMatchObject({ rule: 'health-content-stays', because: expect.stringContaining('text content') });
    const picture = await refusalOf({ ...toHer, image: { link: 'https://example.com/x-ray.png' } });
    expect(picture).toMatchObject(refused);
    await call('POST', '/v1/consents', {
      ...{ contact: { phone }, purpose: 'marketing', state: 'granted', source: 'form' },
    });
    const unmarked = { name: 'welcome', language: 'en_US', variables: ['Ana'] };
    expect(await refusalOf({ channel: 'demo-marketing', to: { phone }, template: unmarked })).toMatchObject(refused);
    expect((await call('POST', '/v1/messages', order())).status).toBe(202);
  });

  it('answers no keyword with words of its own', async () => {
    const rules = [{ when: 'after-opt-out', language: 'en', reply: { text: 'You get no more messages.' } }];
    expect((await call('PUT', '/v1/policies/replies', { rules })).status).toBe(200);
    await heard(call, 'dispatch:policy-copy');
    await postrider.meta('POST', '/_sim/inbound', {
      ...{ phoneNumberId: '3000000000000001', from: phone.slice(1), message: { type: 'text', text: { body: 'STOP' } } },
    });
    await eventually(async () => {
      const { body: refused } = await call('GET', '/v1/messages?state=refused&limit=500');
      const replies = refused.data.filter((message) => JSON.stringify(message).includes('"reply"'));
      expect(replies.map(({ decision }) => decision?.code)).toEqual(['health-content']);
    }, soon);
    const { body } = await postrider.meta('GET', `/_sim/messages?to=${phone.slice(1)}`);
    expect(JSON.stringify(body.data)).not.toContain('You get no more messages.');
  });

  it('shows transcripts to keys with the scope personal alone', async () => {
    nurse = await keyWith('nurse', ['read', 'personal']);
    clerk = await keyWith('clerk', ['read']);
    const { body: list } = await nurse.call('GET', '/v1/conversations');
    const found = list.data.find((talk) => JSON.stringify(talk).includes(phone.slice(1)));
    conversationId = found?.id ?? '';
    contactId = (found as unknown as { contact: { id: string } }).contact.id;
    expect(JSON.stringify((await nurse.call('GET', `/v1/conversations/${conversationId}`)).body)).toContain(words);
    const seen = await clerk.call('GET', `/v1/conversations/${conversationId}`);
    expect(seen.status).toBe(200);
    const unseen = JSON.stringify([
      seen.body,
      (await clerk.call('GET', '/v1/conversations')).body,
      (await clerk.call('GET', '/v1/messages')).body,
    ]);
    for (const trace of [words, phone.slice(1), 'Ana']) expect(unseen).not.toContain(trace);
    for (const path of [`/v1/contacts/${contactId}`, `/v1/contacts/${contactId}/export`])
      expect((await clerk.call('GET', path)).status).toBe(403);
  });

  it('knows of each reading: by whom, of whom and of what, and nothing that names her', async () => {
    for (const path of [`/v1/contacts/${contactId}`, `/v1/contacts/${contactId}/export`])
      expect((await nurse.call('GET', path)).status).toBe(200);
    expect((await call('GET', '/v1/receipts?limit=1')).status).toBe(200);
    const ofHer = await readings(`contact=${contactId}&actor=key:${nurse.id}`);
    expect(ofHer.map(({ what }) => what).slice(0, 3)).toEqual(['export', 'contact', 'conversation']);
    expect(ofHer[2]).toMatchObject({ ids: [conversationId], contacts: [contactId] });
    expect(await readings(`actor=key:${clerk.id}`)).toEqual([]);
    expect(await readings('what=receipt&limit=1')).toHaveLength(1);
    const all = JSON.stringify(await readings('limit=500'));
    for (const trace of [words, phone.slice(1), 'Ana']) expect(all).not.toContain(trace);
    expect((await nurse.call('GET', '/v1/readings')).status).toBe(403);
  });
});
