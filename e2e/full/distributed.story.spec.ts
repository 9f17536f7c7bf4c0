import { defaultWorkspaceId } from '@postrider/service-host';
import { describeWithOwnKafka, eventually } from '@postrider/test-backends';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { openShop } from '../platform/shop';
import { ownServices, startDistributed, turnWithinMs, type Distributed } from '../platform/distributed';
import { caller } from '../platform/http';
import { consumeFromBeginning, produceOutside, recordsLeft, type OutsideRecord } from '../platform/outside-consumer';

interface AsyncApi {
  readonly channels: Record<string, { address: string; messages: Record<string, { $ref: string }> }>;
  readonly components: { messages: Record<string, { name: string; payload: object; headers: object }> };
}

describeWithOwnKafka('each service a process of its own, with its own database, on Kafka', () => {
  let platform: Distributed;
  let records: readonly OutsideRecord[] = [];
  beforeAll(async () => {
    platform = await startDistributed();
  }, turnWithinMs);
  afterAll(async () => {
    const codes = await platform?.stop();
    expect(new Set(Object.values(codes ?? {}))).toEqual(new Set([0]));
  });

  const many = Array.from({ length: 50 }, (_, index) => `+346000040${String(index).padStart(2, '0')}`);
  const everybody = ['+34600000300', '+34600000301', ...many];
  const stateOf = async (id: string) => (await platform.call('GET', `/v1/messages/${id}`)).body.state;
  const orderUpdate = (phone: string) => ({
    channel: 'shop',
    to: { phone },
    template: { name: 'order_update', language: 'en_US', variables: ['Ana', 'A-1'] },
  });

  it('sends a message from request to read, through the gateway', async () => {
    const { call } = platform;
    await openShop(call, platform.simulatorUrl);
    const accepted = await call('POST', '/v1/messages', orderUpdate('+34600000300'));
    expect(accepted).toMatchObject({ status: 202, body: { decision: { outcome: 'send' } } });
    await eventually(async () => expect(await stateOf(accepted.body.id)).toBe('read'), { withinMs: 20_000 });
  });

  it('loses no accepted message when dispatch is killed, and takes over within twenty seconds', async () => {
    const { body } = await platform.call('POST', '/v1/messages/batch', { messages: many.map(orderUpdate) });
    await platform.crash('dispatch');
    await platform.start('dispatch');
    const ids = body.results.map((result) => result.id);
    await eventually(
      async () => {
        const states = await Promise.all(ids.map(stateOf));
        expect(states.filter((state) => !['read', 'unknown'].includes(state))).toEqual([]);
      },
      { withinMs: 40_000 },
    );
    const sent = await platform.meta('GET', '/_sim/messages?limit=1000');
    const times = many.map(
      (phone) => sent.body.data.filter((each) => JSON.stringify(each).includes(phone.slice(1))).length,
    );
    expect(Math.max(...times)).toBeLessThanOrEqual(1);
  });

  it('takes a request to send that an outside program writes to the commands topic', async () => {
    const reference = 'by-an-outside-program';
    await produceOutside(platform.brokers, 'postrider.dispatch.commands', {
      key: 'anything',
      headers: { workspaceid: defaultWorkspaceId, 'idempotency-key': 'outside-1' },
      value: { ...orderUpdate('+34600000301'), reference },
    });
    await eventually(
      async () => {
        const { data } = (await platform.call('GET', `/v1/messages?reference=${reference}`)).body;
        expect(data.map(({ state }) => state)).toEqual(['read']);
      },
      { withinMs: 20_000 },
    );
  });

  it('can be read by an outside consumer with nothing but the AsyncAPI document', async () => {
    const answer = await caller(platform.url)('GET', '/docs/asyncapi.json');
    const document = answer.body as unknown as AsyncApi;
    const topics = Object.values(document.channels)
      .map((channel) => channel.address)
      .filter((topic) => !topic.endsWith('.commands'));
    const ajv = addFormats(new Ajv({ strict: false }));
    const shapes = new Map(
      Object.values(document.components.messages).map((message) => [message.name, ajv.compile(message.payload)]),
    );
    const outside = await consumeFromBeginning(platform.brokers, topics);
    ({ records } = outside);
    const wanted = ['message-requested', 'send-attempted', 'message-accepted', 'status-reported', 'sender-discovered'];
    const types = () => new Set(outside.records.map((record) => record.headers['ce_type']?.split('.')[2]));
    await eventually(
      () => {
        expect([...types()]).toEqual(expect.arrayContaining(wanted));
        const requested = outside.records.filter(({ headers }) => headers['ce_type']?.includes('.message-requested.'));
        expect(requested.length).toBeGreaterThanOrEqual(everybody.length);
      },
      { withinMs: 30_000 },
    );
    await outside.close();

    const positions = new Map<string, number>();
    for (const { topic, partition, headers, value } of outside.records.filter(isEvent)) {
      const fits = shapes.get(headers['ce_type'] ?? '');
      expect({ type: headers['ce_type'], fits: fits?.(value), errors: fits?.errors }).toEqual({
        type: headers['ce_type'],
        fits: true,
        errors: null,
      });
      // At or below the last position is a repetition (a relay was killed meanwhile); more than one above it, a hole.
      const shard = `${topic}/${partition}`;
      const last = positions.get(shard) ?? 0;
      expect(Number(headers['ce_position'])).toBeLessThanOrEqual(last + 1);
      positions.set(shard, Math.max(last, Number(headers['ce_position'])));
    }
  });

  it('has no token, no secret and no phone number on a topic or in a log', async () => {
    const hidden = ['simulator-token', 'simulator-app-secret', ...platform.secrets];
    for (const phone of everybody) hidden.push(phone.slice(1));
    const whole = JSON.stringify(records);
    for (const secret of hidden) expect([secret, whole.includes(secret)]).toEqual([secret, false]);
    const logs = ownServices.filter((service) => service !== 'simulator').map(platform.output);
    for (const secret of hidden) expect([secret, logs.some((log) => log.includes(secret))]).toEqual([secret, false]);
    // What was consumed is deleted: no number waits on the commands topic for somebody else to read it.
    await eventually(async () => expect(await recordsLeft(platform.brokers, 'postrider.dispatch.commands')).toBe(0), {
      withinMs: 60_000,
    });
  });
});

/** The keys of sealed parts travel on a topic of their own, and are nobody's to read. */
const isEvent = ({ topic }: OutsideRecord): boolean => !topic.endsWith('.keys');
