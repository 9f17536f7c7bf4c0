import { createHmac } from 'node:crypto';
import { eventually, ownPostgres, type OwnPostgres } from '@postrider/test-backends';
import { bucketsOf, type Buckets } from '../platform/buckets';
import { startPostrider, type Postrider } from '../platform/postrider';
import { foundInDatabases, foundInFiles, rowsOf } from '../platform/search';
import { openShop, orderUpdate } from '../platform/shop';

const phone = '+34600456701';
const name = 'Anselma Verschwindnix';
const words = 'mein ganz geheimes Anliegen';
/** What names or quotes her, in the spellings of both sides. */
const traces = [phone.slice(1), name, words, 'Vertraulich-4711'];
const inTime = { withinMs: 30_000 };

interface Held {
  readonly webhooks: { readonly rawChanges: readonly object[] };
}

describe('the erasure of a person', () => {
  let postgres: OwnPostgres;
  let postrider: Postrider;
  let call: Postrider['call'];
  let contactId: string;
  let sentId: string;
  let queuedId: string;
  let conversationId: string;
  let figures: Buckets;
  beforeAll(async () => {
    postgres = await ownPostgres();
    postrider = await startPostrider({ env: { POSTRIDER_DEMO: '0', DATABASE_URL: postgres.url } });
    ({ call } = postrider);
    await openShop(call, postrider.simulatorUrl);
  });
  afterAll(async () => {
    await postrider?.stop();
    await postgres?.stop();
  });

  const figuresNow = async (): Promise<Buckets> => bucketsOf((await call('GET', '/v1/reports/delivery')).body);
  const exported = async (): Promise<string> =>
    JSON.stringify((await call('GET', `/v1/contacts/${contactId}/export`)).body);
  const whereShown = async (): Promise<string> =>
    JSON.stringify([
      (await call('GET', `/v1/messages/${sentId}`)).body,
      (await call('GET', `/v1/conversations/${conversationId}`)).body,
      (await call('GET', '/v1/conversations')).body,
      (await call('GET', `/v1/contacts/${contactId}`)).body,
      (await call('GET', '/v1/receipts')).body,
    ]);

  /** What is kept of webhooks that were not understood, opened as far as it can be. */
  async function rawParts(): Promise<unknown> {
    const parts = await rowsOf(
      Object.assign(new URL(postgres.url), { pathname: '/postrider_webhooks' }).toString(),
      `select event_id as id, encode(personal, 'base64') as sealed from log.event where type like '%unrecognised%'`,
    );
    const trimmed = parts.map(({ id, sealed }) => ({ id, sealed: String(sealed).replaceAll('\n', '') }));
    const { body } = await call('POST', '/v1/personal-parts/webhooks', { parts: trimmed });
    return (body as unknown as { parts: unknown }).parts;
  }

  it('begins with a life: she is known, written to, writes back, is in an audience and has a message waiting', async () => {
    contactId = (await call('PUT', '/v1/contacts', { phone, name, attributes: { file: 'Vertraulich-4711' } })).body.id;
    const { body: sent } = await call('POST', '/v1/messages', orderUpdate(phone));
    sentId = sent.id;
    await call('POST', '/v1/messages', orderUpdate('+34600456802'));
    await eventually(async () => expect((await call('GET', `/v1/messages/${sentId}`)).body.state).toBe('read'), inTime);
    await postrider.meta('POST', '/_sim/inbound', {
      ...{ phoneNumberId: '3000000000000001', from: phone.slice(1), name },
      message: { type: 'text', text: { body: words } },
    });
    await eventually(async () => {
      const { body } = await call('GET', `/v1/conversations?contact=${contactId}`);
      conversationId = body.data[0]?.id ?? '';
      const conversation = (await call('GET', `/v1/conversations/${conversationId}`)).body;
      expect(JSON.stringify(conversation)).toContain(words);
    }, inTime);
    const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
    queuedId = (await call('POST', '/v1/messages', orderUpdate(phone, { scheduledAt }))).body.id;
    await call('POST', '/v1/consents', {
      ...{ contact: { phone }, purpose: 'marketing', state: 'granted', source: 'form', proof: 'Vertraulich-4711' },
    });
    const design = {
      name: 'a campaign for later',
      channel: 'shop',
      template: { name: 'order_update', language: 'en_US' },
    };
    const { body: campaign } = await call('POST', '/v1/campaigns', { ...design, variables: ['{{ name }}', 'x'] });
    const rows = `${JSON.stringify({ phone, name })}\n`;
    const uploaded = await fetch(`${postrider.url}/v1/campaigns/${campaign.id}/audience`, {
      method: 'POST',
      headers: { authorization: `Bearer ${postrider.apiKey}`, 'content-type': 'application/x-ndjson' },
      body: rows,
    });
    expect(uploaded.ok).toBe(true);
    // Both that went out have been read by then, so that nothing but the erasure changes what is counted.
    await eventually(async () => expect(await figuresNow()).toMatchObject({ targeted: 3, read: 2 }), inTime);
    figures = await figuresNow();
  });

  it('has her in a webhook that nobody understands, too', async () => {
    const value = { news: { wa_id: phone.slice(1), profile: { name }, said: words } };
    const entry = { id: '2000000000000001', changes: [{ field: 'a_field_of_tomorrow', value }] };
    const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [entry] });
    const signature = `sha256=${createHmac('sha256', 'simulator-app-secret').update(body).digest('hex')}`;
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature };
    const { status } = await fetch(`${postrider.url}/webhooks/meta`, { method: 'POST', headers, body });
    expect(status).toBe(200);
    expect(await rawParts()).toEqual([{ id: expect.any(String), personal: { raw: value } }]);
    await eventually(async () => {
      const { webhooks } = (await call('GET', `/v1/contacts/${contactId}/export`)).body as unknown as Held;
      expect(webhooks.rawChanges).toMatchObject([{ field: 'a_field_of_tomorrow', mayNameOthers: false, raw: value }]);
    }, inTime);
  });

  it('shows her all that is held', async () => {
    const held = await exported();
    for (const trace of traces) expect(held).toContain(trace);
    expect(held).toContain(sentId);
    expect(await whereShown()).toContain(words);
    // The search finds what lies open.
    const inTheOpen = await foundInDatabases(postgres.url, ['a campaign for later']);
    expect(inTheOpen.some((place) => place.includes('postrider_journeys'))).toBe(true);
    // Of her it finds nothing even now: all lies sealed.
    expect(await foundInDatabases(postgres.url, traces)).toEqual([]);
  });

  it('leaves nothing that names or quotes her, in any table, file, log line or answer', async () => {
    expect((await call('POST', `/v1/contacts/${contactId}/erase`)).status).toBe(200);
    await eventually(
      async () => expect((await call('GET', `/v1/messages/${queuedId}`)).body.state).toBe('refused'),
      inTime,
    );
    await eventually(async () => expect(await foundInDatabases(postgres.url, traces)).toEqual([]), inTime);
    await eventually(async () => {
      const shown = `${await whereShown()} ${await exported()}`;
      expect(traces.filter((trace) => shown.includes(trace))).toEqual([]);
    }, inTime);
    expect(await rawParts()).toEqual([{ id: expect.any(String), erased: true }]);
    // The simulator plays Meta, which keeps what is its own.
    expect(foundInFiles(postrider.dataDir, traces, ['simulator.json'])).toEqual([]);
    expect(traces.filter((trace) => postrider.output().includes(trace))).toEqual([]);
  });

  it('leaves the counts as they were, but for the message that was waiting', async () => {
    await eventually(async () => {
      const { pending, refused } = figures;
      expect(await figuresNow()).toEqual({ ...figures, pending: pending - 1, refused: refused + 1 });
    }, inTime);
  });

  it('survives a rebuild of every projection', async () => {
    const before = await figuresNow();
    const { body } = await call('GET', '/v1/streams');
    const services = body.data as unknown as readonly { readers: readonly { reader: string; kind: string }[] }[];
    const readers = services.flatMap((service) => service.readers).filter(({ kind }) => kind === 'fold');
    const folds = new Set(readers.map(({ reader }) => reader).filter((reader) => reader.startsWith('projections:')));
    expect(folds.size).toBeGreaterThan(3);
    const rebuilt: string[] = [];
    for (const reader of folds) {
      const { status, body: operation } = await call('POST', `/v1/operations/projections/${reader}/rebuild`);
      expect(status).toBe(202);
      const address = `/v1/operations/${operation.id}`;
      await eventually(async () => expect((await call('GET', address)).body.state).not.toBe('running'), inTime);
      rebuilt.push((await call('GET', address)).body.state);
    }
    // What has been erased is the one fold that must not be done anew.
    expect(rebuilt.filter((state) => state !== 'done')).toHaveLength(1);
    expect(await figuresNow()).toEqual(before);
    expect(await foundInDatabases(postgres.url, traces)).toEqual([]);
    const shown = await whereShown();
    expect(traces.filter((trace) => shown.includes(trace))).toEqual([]);
    expect((await call('GET', `/v1/messages/${sentId}`)).body).toMatchObject({ state: 'read', to: null });
  });

  it('keeps her from being written to again', async () => {
    const { status, body } = await call('POST', '/v1/messages', orderUpdate(phone));
    expect([status, body.code]).toEqual([422, 'stopped']);
    const others = await call('POST', '/v1/messages', orderUpdate('+34600456803'));
    expect(others.status).toBe(202);
  });
});
