import { fold } from '@postrider/decider';
import type { RecordedEvent } from '@postrider/event-contracts';
import type { StreamAppend } from '@postrider/event-store';
import { messageDecider, type MessageState } from './message.decider';
import type { MessageEvent } from './message-events';
import { attemptFact } from './outcome-events';
import { messageMeta } from './message-meta';

/** A message's stream as it was read. */
export interface Story {
  readonly messageId: string;
  readonly requested: RecordedEvent;
  readonly version: number;
  readonly state: MessageState;
}

/** Undefined where there is no such message. */
export function storyOf(events: readonly RecordedEvent[] | undefined): Story | undefined {
  const requested = events?.[0];
  if (events === undefined || requested === undefined) return undefined;
  const state = fold(messageDecider, events as unknown as readonly MessageEvent[]);
  return { messageId: requested.streamId, requested, version: events.length, state };
}

/** More of the story, as long as nobody has gone on with it meanwhile. */
export function sequel(story: Story, events: readonly MessageEvent[], at: Date, actor?: string): StreamAppend {
  return {
    streamId: story.messageId,
    expectedVersion: story.version,
    orderingKey: story.requested.orderingKey,
    events: events.map((event) => attemptFact(event, at)),
    meta: messageMeta(story.requested, actor),
  };
}
