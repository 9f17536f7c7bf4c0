import type { RecordedEvent } from '@postrider/event-contracts';
import type { Reaction } from '@postrider/messaging';
import { reactingTo, standingAlarms, type Changing } from '@postrider/service-host';
import { attentionEvents, attentionFor, type AttentionEvent } from './attention';

const name = 'configuration:when-attention-needed';

/** Raises an alarm for what needs an operator, and clears it when it is over. */
export function whenAttentionNeeded({ changing }: { changing: Changing }): Reaction {
  const { attend } = standingAlarms('configuration');
  return {
    kind: 'reaction',
    name,
    hears: attentionEvents,
    async handle(events) {
      for (const event of events as readonly (RecordedEvent & AttentionEvent)[]) {
        await attend(changing, reactingTo(event, name), attentionFor(event));
      }
    },
  };
}
