import { eventually } from '@postrider/test-backends';
import { startPostrider, type Postrider } from '../platform/postrider';
import type { PublicBody } from '../platform/public-body';

/** How each behaves goes by the last two digits: all read, but for two who are not on WhatsApp and two who answer STOP. */
const endings = [
  ...Array.from({ length: 196 }, (_, index) => String(index % 80).padStart(2, '0')),
  ...['90', '90', '94', '94'],
];
const peopleFrom = (town: string): string[] =>
  endings.map((ending, index) => `+346${town}${String(index).padStart(3, '0')}${ending}`);
const csvOf = (phones: readonly string[]): string =>
  ['phone;name', ...phones.map((phone, index) => `${phone};Ana ${index}`)].join('\r\n');

const buckets = ['pending', 'held', 'unknown', 'sent', 'failed', 'refused', 'cancelled', 'expired'] as const;
const sumOf = ({ progress }: PublicBody): number => buckets.reduce((sum, name) => sum + progress[name]!, 0);

/** A second for it to take hold; what shows it follows. */
const seenWithinMs = 2_000;

describe('one message to many people', () => {
  let postrider: Postrider;
  let call: Postrider['call'];
  beforeAll(async () => {
    postrider = await startPostrider();
    ({ call } = postrider);
    const [account] = (await call('GET', '/v1/business-accounts')).body.data;
    const senderId = account!.senders.find(({ phoneNumberId }) => phoneNumberId === '3000000000000001')?.id;
    const slow = { name: 'slow-marketing', senderId, purpose: 'marketing', ratePerSecond: 20 };
    const { body } = await call('POST', '/v1/channels', slow);
    expect(await call('POST', `/v1/channels/${body.id}/activate`)).toMatchObject({ status: 200 });
  });
  afterAll(() => postrider?.stop());

  const shown = async (id: string): Promise<PublicBody> => (await call('GET', `/v1/campaigns/${id}`)).body;

  /** Drafts, records consent, uploads; answers the id. */
  async function ready(phones: readonly string[], design: object = {}): Promise<string> {
    const granted = phones.map((phone) => ({
      contact: { phone },
      purpose: 'marketing',
      state: 'granted',
      source: 'form',
    }));
    expect((await call('POST', '/v1/consents', granted)).body.accepted).toBe(phones.length);
    const drafted = await call('POST', '/v1/campaigns', {
      name: 'spring',
      channel: 'demo-marketing',
      template: { name: 'welcome', language: 'en_US' },
      variables: ['{{ name }}'],
      ...design,
    });
    expect(drafted).toMatchObject({ status: 201, body: { state: 'draft' } });
    const { id } = drafted.body;
    const uploaded = await call('POST', `/v1/campaigns/${id}/audience`, csvOf(phones), { 'content-type': 'text/csv' });
    expect(uploaded).toMatchObject({ status: 200, body: { people: phones.length, wrong: 0, repeated: 0 } });
    return id;
  }

  const steer = async (id: string, how: string): Promise<PublicBody> => {
    const { status, body } = await call('POST', `/v1/campaigns/${id}/${how}`);
    expect({ status, detail: body.detail }).toEqual({ status: 200, detail: undefined });
    return body;
  };

  /** How often Meta took a message for each of these people. */
  async function atMeta(phones: readonly string[]): Promise<number[]> {
    const { body } = await postrider.meta('GET', '/_sim/messages?limit=50000');
    const times = new Map<string, number>();
    for (const { to } of body.data as unknown as { to: string }[]) {
      const phone = `+${to.replace(/\D/g, '')}`;
      times.set(phone, (times.get(phone) ?? 0) + 1);
    }
    return phones.map((phone) => times.get(phone) ?? 0);
  }

  /** A message asked for now has gone: whatever was under way before has left by then. */
  async function another(phone: string): Promise<void> {
    const order = { name: 'order_update', language: 'en_US', variables: ['Ana', 'A-1042'] };
    const { body } = await call('POST', '/v1/messages', {
      channel: 'demo-transactional',
      to: { phone },
      template: order,
    });
    await eventually(async () => expect((await call('GET', `/v1/messages/${body.id}`)).body.state).toBe('read'));
  }

  const underWay = (id: string, atLeast: number) =>
    eventually(async () => expect((await shown(id)).progress['sent']).toBeGreaterThanOrEqual(atLeast), {
      withinMs: 20_000,
    });

  it('is checked, sent once to each, and finished when nothing is open', async () => {
    const phones = peopleFrom('001');
    const id = await ready(phones);
    const preview = await steer(id, 'preview');
    expect(preview).toMatchObject({ people: 200, sendable: 200, decisions: { send: 200 } });
    expect(JSON.stringify(preview.rendered[0])).toContain('Ana 0');
    await steer(id, 'launch');
    await eventually(
      async () => {
        const campaign = await shown(id);
        expect(sumOf(campaign)).toBe(campaign.progress['targeted']);
        expect(campaign.state).toBe('finished');
      },
      { withinMs: 30_000 },
    );
    // Some fail only after Meta took them.
    await eventually(async () =>
      expect((await shown(id)).progress).toMatchObject({ targeted: 200, pending: 0, held: 0, sent: 198, failed: 2 }),
    );
    expect(await atMeta(phones)).toEqual(phones.map(() => 1));
  });

  it('counts who read it, and who opts out after it', async () => {
    const [{ id }] = (await call('GET', '/v1/campaigns')).body.data as [PublicBody];
    await eventually(async () => expect((await shown(id)).progress).toMatchObject({ optedOut: 2, read: 198 }), {
      withinMs: 20_000,
    });
    await eventually(async () => {
      const { data } = (await call('GET', '/v1/reports/delivery?by=campaign')).body;
      expect(data).toContainEqual(expect.objectContaining({ targeted: 200, sent: 198, failed: 2 }));
    });
  });

  it('stands still within a second of a pause, with what waits in dispatch, and goes on where it was', async () => {
    const phones = peopleFrom('002');
    const id = await ready(phones, { channel: 'slow-marketing' });
    await steer(id, 'launch');
    await underWay(id, 40);
    await steer(id, 'pause');
    await eventually(async () => expect((await shown(id)).progress['held']).toBeGreaterThan(0), {
      withinMs: seenWithinMs,
    });
    await another('+34600900001');
    const before = await atMeta(phones);
    await another('+34600900002');
    expect(await atMeta(phones)).toEqual(before);
    const paused = await shown(id);
    expect([paused.state, sumOf(paused)]).toEqual(['paused', 200]);

    await steer(id, 'resume');
    await eventually(async () => expect((await shown(id)).state).toBe('finished'), { withinMs: 30_000 });
    // Some fail only after Meta took them.
    await eventually(async () =>
      expect((await shown(id)).progress).toMatchObject({ targeted: 200, sent: 198, failed: 2 }),
    );
    expect(await atMeta(phones)).toEqual(phones.map(() => 1));
  });

  it('goes to the contacts that a filter means, and to nobody else', async () => {
    const phones = peopleFrom('004').slice(0, 20);
    const contacts = phones.map((phone, index) => ({
      ...{ phone, name: `Ana ${index}`, language: index < 12 ? 'es' : 'de' },
      attributes: { tier: index % 2 === 0 ? 'gold' : 'silver' },
    }));
    expect(await call('PUT', '/v1/contacts', contacts)).toMatchObject({ status: 200 });
    const consent = { purpose: 'marketing', state: 'granted', source: 'form' };
    const granted = phones.slice(0, 10).map((phone) => ({ contact: { phone }, ...consent }));
    expect((await call('POST', '/v1/consents', granted)).body.accepted).toBe(10);
    const filter = {
      consent: { purpose: 'marketing', state: 'granted' },
      all: [
        { field: 'attributes.tier', op: 'is', value: 'gold' },
        { field: 'language', op: 'oneOf', value: ['es', 'pt'] },
      ],
    };
    const drafted = await call('POST', '/v1/campaigns', {
      name: 'gold',
      channel: 'demo-marketing',
      template: { name: 'welcome', language: 'en_US' },
      variables: ['{{ name }}, {{ tier }}'],
      audience: { kind: 'contacts', filter },
    });
    const { id } = drafted.body;
    expect(await steer(id, 'preview')).toMatchObject({ people: 5, sendable: 5, decisions: { send: 5 } });
    await steer(id, 'launch');
    await eventually(async () => expect((await shown(id)).state).toBe('finished'), { withinMs: 30_000 });
    const meant = phones.map((_, index) => Number(index < 10 && index % 2 === 0));
    expect(await atMeta(phones)).toEqual(meant);
  });

  it('cancels within a second of a stop what has not left, for good', async () => {
    const phones = peopleFrom('003');
    const id = await ready(phones, { channel: 'slow-marketing' });
    await steer(id, 'launch');
    await underWay(id, 40);
    await steer(id, 'stop');
    await eventually(
      async () => expect((await shown(id)).progress).toMatchObject({ pending: 0, held: 0, unknown: 0 }),
      {
        withinMs: seenWithinMs,
      },
    );
    const stopped = await shown(id);
    expect([stopped.state, sumOf(stopped)]).toEqual(['stopped', 200]);
    expect(stopped.progress['cancelled']).toBeGreaterThan(100);
    await another('+34600900003');
    const reached = (await atMeta(phones)).reduce((sum, times) => sum + times, 0);
    expect(reached).toBe(200 - stopped.progress['cancelled']!);
  });
});
