import { createHmac } from 'node:crypto';
import { eventually } from '@postrider/test-backends';
import { bucketsOf, sumOf } from '../platform/buckets';
import { lineToMeta, type LineToMeta } from '../platform/line-to-meta';
import { startMetaAlone, type MetaAlone } from '../platform/meta-alone';
import { startPostrider, type Postrider } from '../platform/postrider';
import { openShop, orderUpdate } from '../platform/shop';

/** All orders of a list. */
const ordersOf = <T>(items: readonly T[]): T[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((item, at) => ordersOf(items.filter((_, index) => index !== at)).map((rest) => [item, ...rest]));

const told = ['sent', 'delivered', 'read', 'failed'] as const;
const patience = { withinMs: 60_000 };
const phoneOf = (index: number): string => `4930555${String(7_000 + index)}`;

describe('what Meta reports, in every order and more than once', () => {
  let meta: MetaAlone;
  let line: LineToMeta;
  let postrider: Postrider;
  beforeAll(async () => {
    meta = await startMetaAlone();
    line = await lineToMeta(meta.url);
    postrider = await startPostrider({ env: { POSTRIDER_SIMULATOR: '0' } });
    await openShop(postrider.call, line.url);
  });
  afterAll(async () => {
    await postrider?.stop();
    await line?.close();
    await meta?.stop();
  });

  /** A status as Meta signs and delivers it. */
  async function report(status: string, { wamid, phone }: { wamid: string; phone: string }): Promise<void> {
    const errors = status === 'failed' ? { errors: [{ code: 131026, title: 'Message undeliverable' }] } : {};
    const value = {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '15550100001', phone_number_id: '3000000000000001' },
      statuses: [
        { id: wamid, status, timestamp: String(Math.floor(Date.now() / 1_000)), recipient_id: phone, ...errors },
      ],
    };
    const changes = [{ field: 'messages', value }];
    const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '2000000000000001', changes }] });
    const signature = createHmac('sha256', 'simulator-app-secret').update(body).digest('hex');
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` };
    const answer = await postrider.call('POST', '/webhooks/meta', body, headers);
    expect(answer.status).toBe(200);
  }
  const shown = async (id: string) => (await postrider.call('GET', `/v1/messages/${id}`)).body;

  it('all 24 orders of sent, delivered, read and failed, each repeated, leave every message read, once, and counted so', async () => {
    const orders = ordersOf(told);
    const sent = await Promise.all(
      orders.map(async (_, index) => {
        const { status, body } = await postrider.call('POST', '/v1/messages', orderUpdate(`+${phoneOf(index)}`));
        expect(status).toBe(202);
        return body.id;
      }),
    );
    const messages = await Promise.all(
      sent.map(async (id, index) => {
        const wamid = await eventually(async () => {
          const { wamid: known } = await shown(id);
          expect(known).toMatch(/^wamid\./);
          return known as string;
        }, patience);
        return { id, wamid, phone: phoneOf(index) };
      }),
    );
    await Promise.all(
      orders.map(async (order, index) => {
        const message = messages[index]!;
        for (const status of order) await report(status, message);
        // Then the same once more, the other way round and all at once.
        await Promise.all([...order].reverse().map((status) => report(status, message)));
      }),
    );
    await eventually(async () => {
      for (const { id } of messages) {
        const message = (await shown(id)) as { state: string; attempts?: readonly unknown[] };
        expect({ state: message.state, attempts: message.attempts?.length }).toEqual({ state: 'read', attempts: 1 });
      }
      const buckets = bucketsOf((await postrider.call('GET', '/v1/reports/delivery')).body);
      expect(buckets).toMatchObject({ targeted: 24, sent: 24, delivered: 24, read: 24, failed: 0, pending: 0 });
      expect(sumOf(buckets)).toBe(24);
    }, patience);
  });

  it('before the answer to the send has come, lands on its message, which is sent once and counted once', async () => {
    const before = bucketsOf((await postrider.call('GET', '/v1/reports/delivery')).body);
    line.holdAnswers();
    const { body: requested } = await postrider.call('POST', '/v1/messages', orderUpdate('+34600000042'));
    const read = (id: string) =>
      eventually(async () => {
        const message = await shown(id);
        expect(message.state).toBe('read');
        return message;
      }, patience);
    const early = await read(requested.id);
    expect(early.timeline.map(({ type }) => type)).toEqual([
      ...['MessageRequested', 'SendAttempted', 'MessageAccepted'],
      ...['StatusReported', 'StatusReported', 'StatusReported'],
    ]);
    expect(line.releaseAnswers()).toBeGreaterThan(0);
    // What is sent, answered and read after it shows that its answer has been dealt with too.
    const { body: next } = await postrider.call('POST', '/v1/messages', orderUpdate('+34600000043'));
    await read(next.id);
    expect(await shown(requested.id)).toEqual(early);
    expect((await meta.taken()).get('34600000042')).toBe(1);
    const after = bucketsOf((await postrider.call('GET', '/v1/reports/delivery')).body);
    expect(after).toEqual({
      ...before,
      ...{ targeted: before.targeted + 2, sent: before.sent + 2 },
      ...{ delivered: before.delivered + 2, read: before.read + 2 },
    });
  });
});
