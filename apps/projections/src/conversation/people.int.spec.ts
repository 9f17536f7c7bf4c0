import { createHash } from 'node:crypto';
import {
  ContactSeen,
  IdentityChangeReported,
  MessageReceived,
  MessageRequested,
  StatusReported,
  type RecordedEvent,
} from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import type { Tx } from '@postrider/messaging';
import { testService, type TestService } from '@postrider/service-host';
import fc from 'fast-check';
import { projections } from '../projections.module';
import { messageStory, requested, tell } from '../testing/message-story';
import { conversations } from './conversations.projection';

let service: TestService;
beforeAll(async () => {
  service = await testService(projections, {});
});
afterAll(() => service.close());

const { senderId, accountId, workspaceId } = messageStory;
const uuidOf = (...parts: unknown[]): string => {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
const minute = (at: number): string => new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString();

const ofDispatch = new Set<string>([MessageRequested.type, ContactSeen.type]);
interface Told {
  readonly keys: readonly string[];
  readonly at: number;
}
function event({ keys, at }: Told, said: { type: string; data: unknown; personal?: unknown }): RecordedEvent {
  const rest = { shard: 0, position: 1, typeVersion: 1, streamVersion: 1, actor: 'test', correlationId: 'test' };
  const id = uuidOf(said.type, said.data, keys);
  const place = {
    streamId: uuidOf(keys),
    orderingKey: keys[0]!,
    aliasKeys: keys,
    workspaceId,
    at: new Date(minute(at)),
  };
  const service = ofDispatch.has(said.type) ? 'dispatch' : 'webhooks';
  return { ...said, ...rest, ...place, id, service };
}
const placeOf = (keys: readonly string[]) => ({
  conversationId: derivedId.conversation(senderId, keys[0]!),
  ...{ accountId, senderId, wabaId: '200', phoneNumberId: '300' },
});
const wrote = (keys: readonly string[], at: number): RecordedEvent =>
  event(
    { keys, at },
    tell(
      MessageReceived,
      { ...placeOf(keys), wamid: `in ${keys.join()} ${at}`, messageType: 'text', happenedAt: minute(at) },
      { name: `as ${keys.join()}`, message: { type: 'text' } },
    ),
  );
const reached = (keys: readonly string[], at: number): RecordedEvent => {
  const status = { ...placeOf(keys), wamid: `out ${at}`, status: 'delivered', happenedAt: minute(at) };
  return event({ keys, at }, tell(StatusReported, status));
};
const asked = (key: string, at: number): RecordedEvent =>
  event({ keys: [key], at }, requested({ messageId: uuidOf('message', key, at), contactId: uuidOf('contact', key) }));
const moved = (previous: string[], current: string[], at: number): RecordedEvent => {
  const keys = [...new Set([...previous, ...current])];
  const kind = current.some((key) => key.startsWith('p.')) ? 'number-changed' : 'user-id-changed';
  const change = { kind, previousAliasKeys: previous, currentAliasKeys: current } as const;
  const said = tell(
    IdentityChangeReported,
    { ...placeOf(keys), happenedAt: minute(at), ...change },
    {
      ...{ previous: {}, current: {} },
    },
  );
  return event({ keys, at }, said);
};
const linked = (keys: string[], at: number): RecordedEvent =>
  event({ keys, at }, tell(ContactSeen, { contactId: uuidOf('contact', keys[0]), via: 'api' }, {}));

const fold = conversations();
async function folded(batches: readonly (readonly RecordedEvent[])[]): Promise<Shown[]> {
  const client = await service.host.pool.connect();
  try {
    const tx = client as unknown as Tx;
    await fold.reset!(tx);
    for (const batch of batches) {
      await client.query('begin');
      await fold.handle(batch, tx);
      await client.query('commit');
    }
    const { rows } = await client.query<Shown>(shown);
    return rows;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
interface Shown {
  conversation_id: string;
  lines: string[];
  requests: string[];
}
const shown = `
  select c.conversation_id, c.inbound_at, c.last_at, c.contact_id, c.contact_at,
    array(select t.wamid from conversation_alias a join transcript t using (part_id)
          where a.conversation_id = c.conversation_id and t.at >= a.since and t.at < a.until order by 1) as lines,
    array(select r.message_id from conversation_alias a join conversation_request r using (part_id)
          where a.conversation_id = c.conversation_id and r.at >= a.since and r.at < a.until order by 1) as requests
  from conversation c order by 1`;

describe('a conversation is one person’s', () => {
  const ofAll = async (...events: RecordedEvent[]) => (await folded([events])).map(({ lines }) => lines.length).sort();

  it('under the number and under the user id, once both were shown together', async () => {
    expect(await ofAll(wrote(['p.1'], 1), wrote(['u.1'], 2))).toEqual([1, 1]);
    expect(await ofAll(wrote(['p.1'], 1), wrote(['u.1'], 2), wrote(['p.1', 'u.1'], 3))).toEqual([3]);
  });

  it('who was written to by number and answers by user id alone, which the status had shown', async () => {
    const [one, ...others] = await folded([[asked('p.1', 1)], [wrote(['u.1'], 3)], [reached(['p.1', 'u.1'], 2)]]);
    expect([one!.lines.length, one!.requests.length, others.length]).toEqual([1, 1, 0]);
    expect(one!.conversation_id).toBe(derivedId.conversation(senderId, 'p.1'));
  });

  it('whose aliases a caller linked', async () => {
    expect(await ofAll(wrote(['p.1'], 1), wrote(['u.1'], 2), linked(['p.1', 'u.1'], 3))).toEqual([2]);
    expect(await ofAll(linked(['p.1', 'u.1'], 0), wrote(['u.1'], 2), wrote(['p.1'], 1))).toEqual([2]);
  });

  it('through a new number and a new user id', async () => {
    const before = [wrote(['p.1', 'u.1'], 1), moved(['p.1', 'u.1'], ['p.2', 'u.2'], 5)];
    expect(await ofAll(...before, wrote(['p.2', 'u.2'], 6), wrote(['u.2'], 7), wrote(['p.2'], 8))).toEqual([4]);
  });

  it('and not of whoever gets the old number', async () => {
    const [first, second] = await folded([
      [wrote(['p.1', 'u.1'], 1), moved(['p.1', 'u.1'], ['p.2', 'u.1'], 5)],
      [wrote(['p.1', 'u.9'], 9), wrote(['p.2', 'u.1'], 10), asked('p.1', 11)],
    ]);
    expect([first!.lines, second!.lines].map((lines) => lines.length).sort()).toEqual([1, 2]);
    const newcomer = [first!, second!].find(({ lines }) => lines.length === 1)!;
    expect([newcomer.lines[0], newcomer.requests.length]).toEqual(['in p.1,u.9 9', 1]);
  });

  it('of another where the number turns up with another user id, though nobody said that it changed hands', async () => {
    expect(await ofAll(wrote(['p.1', 'u.1'], 1), wrote(['p.1'], 2), wrote(['p.1', 'u.2'], 3))).toEqual([1, 2]);
  });
});

const phone = fc.constantFrom('p.1', 'p.2');
const user = fc.constantFrom('u.1', 'u.2', 'u.3');
const when = fc.integer({ min: 0, max: 9 });
const anyEvent = fc.oneof(
  fc.tuple(fc.oneof(phone, user), when).map(([key, at]) => wrote([key], at)),
  fc.tuple(phone, user, when).map(([p, u, at]) => wrote([p, u], at)),
  fc.tuple(phone, user, when).map(([p, u, at]) => reached([p, u], at)),
  fc.tuple(fc.oneof(phone, user), when).map(([key, at]) => asked(key, at)),
  fc.tuple(phone, user, phone, when).map(([p, u, q, at]) => moved([p, u], [q], at)),
  fc.tuple(user, user, when).map(([u, v, at]) => moved(['p.1', u], [v], at)),
  fc.tuple(phone, user, when).map(([p, u, at]) => linked([p, u], at)),
);

it('the same events in any order, batching and repetition make the same conversations', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(anyEvent, { minLength: 1, maxLength: 12, selector: ({ id }) => id }).chain((events) =>
        fc.record({
          events: fc.constant(events),
          order: fc.shuffledSubarray(events, { minLength: events.length }),
          again: fc.subarray(events),
          size: fc.integer({ min: 1, max: 5 }),
        }),
      ),
      async ({ events, order, again, size }) => {
        const stream = [...order, ...again];
        const batches = Array.from({ length: Math.ceil(stream.length / size) }, (_, index) =>
          stream.slice(index * size, (index + 1) * size),
        );
        expect(await folded(batches)).toEqual(await folded([events]));
      },
    ),
    { numRuns: 40 },
  );
});
