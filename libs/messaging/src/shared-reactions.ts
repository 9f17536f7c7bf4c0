import type { RecordedEvent } from '@postrider/event-contracts';
import { gather } from '@postrider/event-store';
import { setTimeout as pause } from 'node:timers/promises';
import { restAfterMs, type Reaction } from './reader';
import { fitting, readMs, turnMostMs } from './shared-turns';
import { isTransient } from './transient';

interface Portion {
  readonly events: readonly RecordedEvent[];
}

export interface SharedReactions {
  /** Resolves when it may act again: to be awaited before reading on, so that it has all there is by then. */
  rested(): Promise<void>;
  /** Resolves once it has acted on these. */
  react(events: readonly RecordedEvent[]): Promise<void>;
}

/**
 * The shards of one reaction act together: what they have at the same moment is handled at once, with the round trips of
 * one, and they rest together. If that fails each is tried alone; one that takes long does not keep the next from
 * beginning.
 */
export function sharedReactions(reaction: Reaction): SharedReactions {
  let rest: Promise<unknown> = Promise.resolve();

  async function together(portions: readonly Portion[]): Promise<undefined[]> {
    const started = performance.now();
    await reaction.handle(portions.flatMap(({ events }) => events));
    const restMs = reaction.urgent ? 0 : (reaction.restMs ?? restAfterMs(performance.now() - started));
    if (restMs > 0) rest = pause(restMs, undefined, { ref: false });
    return portions.map(() => undefined);
  }

  const share = gather<Portion, undefined>(together, {
    ...{ fitting, atOnce: 1, patienceMs: turnMostMs, isForAll: isTransient },
    rest: () => rest.then(() => (reaction.urgent ? undefined : pause(readMs))),
  });
  return {
    rested: async () => void (await rest),
    react: (events) => share({ events }),
  };
}
