import { isRefusal, type Clock, type Decider, type DomainEvent, type Outcome, type Refusal } from '@postrider/decider';
import type { ServiceName } from '@postrider/event-contracts';
import { changeStream, type EventLog, type StreamChanged } from '@postrider/event-store';
import { derivedId } from '@postrider/keys';
import { unavailable } from '../http/problem';
import type { ReaderProgress } from '../service-definition';
import type { By } from './by';

/** Changes streams that are no person's: each is its own ordering key. */
export interface Changing {
  /**
   * Decides on one stream and appends what follows; decides again where somebody else appended meanwhile. What must not be
   * older than the state, as a look at Meta, is taken inside of `decide`.
   */
  change<State, Event extends DomainEvent, Code extends string>(
    by: By,
    streamId: string,
    decider: Decider<State, Event>,
    decide: (state: State) => Outcome<Event, Code> | Promise<Outcome<Event, Code>>,
  ): Promise<Refusal<Code> | StreamChanged<Event>>;
  /**
   * The same for a request that creates. Under its Idempotency-Key it may come again, after an answer that was lost or that
   * said 503 of what was kept: what it finds in the way then is its own, and no refusal.
   */
  create<State, Event extends DomainEvent, Code extends string>(
    by: By,
    streamId: string,
    decider: Decider<State, Event>,
    decide: (state: State) => Outcome<Event, Code>,
  ): Promise<Refusal<Code> | StreamChanged<Event>>;
  /** Where a stream stands that this very request has changed already. */
  created(by: By, streamId: string): Promise<StreamChanged<never> | undefined>;
  /** Waits until our own views have the changes, so that the caller's next call finds them; 503 where they lag behind. */
  shown(changes: readonly (Refusal | StreamChanged<unknown>)[], readers?: readonly string[]): Promise<void>;
}

export const Changing = Symbol('Changing');

/** What is written is kept: a reader that lags for a moment is no reason to tell a caller of a failure. */
const shownWithinMs = 15_000;

export interface ChangingDeps {
  readonly service: ServiceName;
  readonly log: EventLog;
  readonly clock: Clock;
  readonly readers: ReaderProgress;
  /** The fold that what is changed is shown by, where a call of `shown` names none. */
  readonly shownBy: string;
}

export function changing({ service, log, clock, readers, shownBy }: ChangingDeps): Changing {
  const change: Changing['change'] = (by, streamId, decider, decide) => {
    const { reaction, ...meta } = by;
    const stream = { streamId, orderingKey: streamId, meta: { ...meta, aliasKeys: [] } };
    const eventId = (_event: DomainEvent, index: number): string =>
      derivedId.reaction(reaction?.eventId ?? '', `${reaction?.name}:${streamId}:${index}`);
    return changeStream(log, clock, reaction ? { ...stream, eventId } : stream, decider, decide);
  };
  const created: Changing['created'] = async ({ causationId }, streamId) => {
    if (causationId === undefined) return undefined;
    const recorded = await log.readStream(streamId);
    if (!recorded.some((event) => event.causationId === causationId)) return undefined;
    const { shard, position, streamVersion } = recorded.at(-1)!;
    return { events: [], shard, position, streamVersion };
  };
  return {
    change,
    created,
    async create(by, streamId, decider, decide) {
      const changed = await change(by, streamId, decider, decide);
      return isRefusal(changed) ? ((await created(by, streamId)) ?? changed) : changed;
    },
    async shown(changes, folds = [shownBy]) {
      const positions = changes.filter((change) => !isRefusal(change)) as StreamChanged<unknown>[];
      if (positions.length === 0) return;
      const reached = await Promise.all(folds.map((fold) => readers.reached(fold, service, positions, shownWithinMs)));
      if (reached.every(Boolean)) return;
      throw unavailable('What was changed is kept, but cannot be shown yet.');
    },
  };
}
