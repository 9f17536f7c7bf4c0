import type { RecordedEvent } from '@postrider/event-contracts';
import type { Reaction } from './reader';
import { restingTurns, type RestingTurns } from './resting-turns';

/** The events of one shard, opened. */
interface Portion {
  readonly events: readonly RecordedEvent[];
}

export type SharedReactions = RestingTurns<Portion, void>;

/** The shards of one reaction act together: what they have at the same moment costs the round trips of one. */
export function sharedReactions(reaction: Reaction): SharedReactions {
  const act = async (portions: readonly Portion[]): Promise<undefined[]> => {
    await reaction.handle(portions.flatMap(({ events }) => events));
    return portions.map(() => undefined);
  };
  return restingTurns<Portion, void>(act, { restless: reaction.urgent === true });
}
