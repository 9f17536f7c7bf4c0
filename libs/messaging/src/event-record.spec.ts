import type { RecordedEvent } from '@postrider/event-contracts';
import fc from 'fast-check';
import { fromRecord, isEvent, toRecord, topicOf } from './event-record';

/** Everything but what an event may lack. */
const requiredKeys = [
  ...([
    'id',
    'service',
    'type',
    'typeVersion',
    'streamId',
    'streamVersion',
    'shard',
    'position',
    'orderingKey',
  ] as const),
  ...(['at', 'workspaceId', 'actor', 'correlationId', 'aliasKeys', 'data'] as const),
];

const event: fc.Arbitrary<RecordedEvent> = fc.record(
  {
    id: fc.uuid(),
    service: fc.constantFrom('dispatch', 'webhooks'),
    type: fc.constantFrom('MessageAccepted', 'StatusReported'),
    typeVersion: fc.integer({ min: 1, max: 9 }),
    streamId: fc.uuid(),
    streamVersion: fc.integer({ min: 1, max: 1_000 }),
    shard: fc.integer({ min: 0, max: 3 }),
    position: fc.integer({ min: 1 }),
    orderingKey: fc.string({ minLength: 1 }),
    at: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }),
    workspaceId: fc.uuid(),
    actor: fc.string(),
    correlationId: fc.string(),
    causationId: fc.uuid(),
    traceparent: fc.string(),
    aliasKeys: fc.array(fc.uuid()),
    data: fc.dictionary(fc.string(), fc.string()),
    personal: fc.dictionary(fc.string(), fc.string()),
    sealed: fc.uint8Array({ minLength: 1 }).map((bytes) => Buffer.from(bytes)),
  },
  { requiredKeys },
) as fc.Arbitrary<RecordedEvent>;

const carried = (one: RecordedEvent) => {
  const { key, value, headers } = toRecord(one);
  return { partition: one.shard, offset: 0, key, value: Buffer.from(value ?? ''), headers };
};

describe('an event as a Kafka record', () => {
  it('comes back whole', () => {
    fc.assert(
      fc.property(event, (one) => {
        expect(fromRecord(carried(one))).toEqual(one);
      }),
    );
  });

  it('keeps what nobody wants unread', () => {
    const [one] = fc.sample(event, 1) as [RecordedEvent];
    const record = { ...carried(one), value: Buffer.from('not json') };
    expect(fromRecord(record, () => false)).toMatchObject({ id: one.id, position: one.position, data: undefined });
  });

  it('is told from what others wrote to the topic', () => {
    expect(isEvent({ headers: {} })).toBe(false);
    expect(isEvent({ headers: { ce_type: 'somebody.else', ce_position: '1' } })).toBe(false);
    expect(topicOf('dispatch')).toBe('postrider.dispatch');
  });
});
