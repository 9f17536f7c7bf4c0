import type { RecordedEvent } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import type { Reaction } from '@postrider/messaging';
import { reactingTo, type Changing } from '../recording/changing';
import { alarm, clearAlarm, raiseAlarm } from './alarm.decider';
import { attentionEvents, attentionFor, type AttentionEvent } from './attention';

const name = 'configuration:when-attention-needed';

/** Raises an alarm for what needs an operator, and clears it when it is over. */
export function whenAttentionNeeded({ changing }: { changing: Changing }): Reaction {
  return {
    kind: 'reaction',
    name,
    hears: attentionEvents,
    async handle(events) {
      for (const event of events as readonly (RecordedEvent & AttentionEvent)[]) {
        const by = reactingTo(event, name);
        const streamOf = (key: string): string => derivedId.alarm(event.workspaceId, 'configuration', key);
        const { raise, clear = [] } = attentionFor(event);
        if (raise) await changing.change(by, streamOf(raise.key), alarm, (state) => raiseAlarm(raise, state));
        for (const key of clear) await changing.change(by, streamOf(key), alarm, (state) => clearAlarm({}, state));
      }
    },
  };
}
