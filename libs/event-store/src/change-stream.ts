import {
  Fault,
  fold,
  isRefusal,
  type Clock,
  type Decider,
  type DomainEvent,
  type Outcome,
  type Refusal,
} from '@postrider/decider';
import type { EventMeta } from '@postrider/event-contracts';
import type { EventLog, Fence } from './event-log';

export interface StreamToChange {
  readonly streamId: string;
  /** Of a new stream; one that exists keeps its own. */
  readonly orderingKey: string;
  readonly meta: EventMeta;
  /** The id of each event, where what causes the change repeats itself (`derivedId.reaction`); UUIDv7 otherwise. */
  readonly eventId?: (event: DomainEvent, index: number) => string;
  readonly fence?: Fence;
}

/** What was appended; with no events, where the stream stands. */
export interface StreamChanged<Event> {
  readonly events: readonly Event[];
  readonly shard: number;
  readonly position: number;
  readonly streamVersion: number;
}

const triesMax = 20;

/**
 * Loads a stream, asks for a decision on its state, appends what follows, and begins again when somebody else appended
 * meanwhile. `decide` may be called more than once. Events whose ids are there already count as appended.
 */
export async function changeStream<State, Event extends DomainEvent, Code extends string>(
  log: EventLog,
  clock: Clock,
  stream: StreamToChange,
  decider: Decider<State, Event>,
  decide: (state: State) => Outcome<Event, Code> | Promise<Outcome<Event, Code>>,
): Promise<Refusal<Code> | StreamChanged<Event>> {
  const { streamId, meta, fence, eventId } = stream;
  for (let tries = 0; tries < triesMax; tries++) {
    const recorded = await log.readStream(streamId);
    const last = recorded.at(-1);
    const orderingKey = last?.orderingKey ?? stream.orderingKey;
    const outcome = await decide(fold(decider, recorded as unknown as Event[]));
    if (isRefusal(outcome)) return outcome;
    if (outcome.length === 0) {
      const shard = log.shardOf(orderingKey);
      return { events: [], shard, position: last?.position ?? 0, streamVersion: last?.streamVersion ?? 0 };
    }
    const at = clock.now();
    const events = outcome.map((event, index) => ({ ...event, at, ...(eventId && { id: eventId(event, index) }) }));
    const expectedVersion = last?.streamVersion ?? 'none';
    const [verdict] = await log.append([{ streamId, expectedVersion, orderingKey, events, meta }], fence);
    if (verdict && verdict.status !== 'conflict') {
      const { shard, position, streamVersion } = verdict;
      return { events: outcome, shard, position, streamVersion };
    }
  }
  throw new Fault({
    code: 'conflict',
    message: `stream ${streamId} changed under each of ${triesMax} tries`,
    publicText: 'Too many changes at once; try again.',
    retryable: true,
  });
}
