import { createHmac } from 'node:crypto';
import { eventually } from '@postrider/test-backends';
import { bucketsOf, sumOf } from '../platform/buckets';
import { startPostrider, type Postrider } from '../platform/postrider';

/** All orders of a list. */
const ordersOf = <T>(items: readonly T[]): T[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((item, at) => ordersOf(items.filter((_, index) => index !== at)).map((rest) => [item, ...rest]));

const told = ['sent', 'delivered', 'read', 'failed'] as const;
const patience = { withinMs: 60_000 };
const phoneOf = (index: number): string => `4930555${String(7_000 + index)}`;

describe('what Meta reports, in every order and more than once', () => {
  let postrider: Postrider;
  beforeAll(async () => {
    postrider = await startPostrider();
  });
  afterAll(() => postrider?.stop());

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
        const { status, body } = await postrider.call('POST', '/v1/messages', {
          channel: 'demo-transactional',
          to: { phone: `+${phoneOf(index)}` },
          template: { name: 'order_update', language: 'en_US', variables: ['Ada', 'A-1'] },
        });
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
});
