import { eventually, patience } from '@postrider/test-backends';
import { cpus, loadavg } from 'node:os';
import { bucketsOf } from '../platform/buckets';
import { startPostrider, type Postrider } from '../platform/postrider';
import { readers } from '../platform/shop';

/** How many share each processor: a second of ours is longer where others work too, or where the machine is said to be slow. */
const crowd = (): number => Math.max(patience, loadavg()[0]! / cpus().length);
const people = readers(10_000, 0);
/** In the middle of those who wait. */
const stops = people[5_000]!;
const last = people[9_999]!;

describe('STOP while 10,000 messages are queued', () => {
  let postrider: Postrider;
  let call: Postrider['call'];
  const ids: string[] = [];
  beforeAll(async () => {
    postrider = await startPostrider();
    ({ call } = postrider);
    const [account] = (await call('GET', '/v1/business-accounts')).body.data;
    const senderId = account!.senders.find(({ phoneNumberId }) => phoneNumberId === '3000000000000001')?.id;
    // Slow enough that they wait as long as it takes to stop one of them.
    const { body } = await call('POST', '/v1/channels', {
      name: 'slow',
      senderId,
      purpose: 'marketing',
      ratePerSecond: 5,
    });
    expect((await call('POST', `/v1/channels/${body.id}/activate`)).status).toBe(200);
  });
  afterAll(() => postrider?.stop());

  const orderOf = async (id: string) => {
    const { state, decision, timeline } = (await call('GET', `/v1/messages/${id}`)).body;
    return { state, code: decision?.code, types: timeline?.map(({ type }) => type) };
  };
  const buckets = async () => bucketsOf((await call('GET', '/v1/reports/delivery?by=channel')).body);

  it('takes the consent of ten thousand people from a file', async () => {
    const csv = ['phone', ...people].join('\n');
    const path = '/v1/consents?purpose=marketing&state=granted&source=newsletter';
    const { status, body } = await call('POST', path, csv, { 'content-type': 'text/csv' });
    expect([status, body.accepted]).toEqual([200, 10_000]);
  });

  it('queues a message to each', async () => {
    const template = { name: 'welcome', language: 'en_US', variables: ['Ana'] };
    for (let first = 0; first < people.length; first += 1_000) {
      const messages = people
        .slice(first, first + 1_000)
        .map((phone) => ({ channel: 'slow', to: { phone }, template }));
      const { status, body } = await call('POST', '/v1/messages/batch', { messages });
      expect([status, body.results?.find(({ code }) => code !== undefined)]).toEqual([202, undefined]);
      ids.push(...body.results.map(({ id }) => id));
    }
    expect(ids).toHaveLength(10_000);
  });

  it('stops that person within a second, and nobody else', async () => {
    const id = ids[5_000]!;
    await eventually(async () => expect((await orderOf(id)).state).toBe('requested'), { withinMs: 60_000 });
    const inbound = {
      phoneNumberId: '3000000000000001',
      from: stops.slice(1),
      message: { type: 'text', text: { body: 'STOP' } },
    };
    expect((await postrider.meta('POST', '/_sim/inbound', inbound)).status).toBe(200);
    const saidAt = Date.now();
    await eventually(async () => expect(await orderOf(id)).toMatchObject({ state: 'refused', code: 'stopped' }), {
      withinMs: 30_000,
    });
    const { timeline } = (await call('GET', `/v1/messages/${id}`)).body;
    const refused = timeline.find(({ type }) => type === 'MessageRefused');
    expect(Date.parse(refused!.at) - saidAt).toBeLessThan(1_000 * crowd());
    const others = await Promise.all([ids[5_001]!, ids[9_999]!].map(orderOf));
    expect(others.map(({ state }) => state)).toEqual(['requested', 'requested']);
    const { body } = await postrider.meta('GET', `/_sim/messages?to=${stops.slice(1)}`);
    expect(body.data).toEqual([]);
    expect(
      (
        await call('POST', '/v1/decisions', {
          channel: 'slow',
          to: { phone: last },
          template: { name: 'welcome', language: 'en_US', variables: ['Ana'] },
        })
      ).body.outcome,
    ).toBe('send');
  });

  it('counts that person as refused, once', async () => {
    await eventually(async () => expect((await buckets()).refused).toBe(1));
  });
});
