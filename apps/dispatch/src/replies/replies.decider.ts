import type { Decider } from '@postrider/decider';
import { RepliesChanged, type EventOf } from '@postrider/event-contracts';

export type RepliesEvent = EventOf<typeof RepliesChanged>;
export type RepliesState = RepliesEvent['data'];
export type SavedReply = RepliesState['replies'][number];

/** Texts that a workspace keeps at hand, for whoever answers people. */
export const repliesDecider: Decider<RepliesState, RepliesEvent> = {
  initial: { repliesVersion: 0, replies: [] },
  evolve: (_, event) => event.data,
};

/** The list as it is from now on; the same list again changes nothing. */
export function keepReplies(state: RepliesState, replies: readonly SavedReply[]): RepliesEvent[] {
  const outline = (all: readonly SavedReply[]): string =>
    JSON.stringify(all.map(({ name, language, text }) => [name, language ?? null, text]));
  if (outline(state.replies) === outline(replies)) return [];
  return [RepliesChanged.of({ repliesVersion: state.repliesVersion + 1, replies: [...replies] })];
}
