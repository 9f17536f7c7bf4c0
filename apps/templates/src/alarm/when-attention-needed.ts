import { fold } from '@postrider/decider';
import type { RecordedEvent } from '@postrider/event-contracts';
import type { Reaction } from '@postrider/messaging';
import { reactingTo, standingAlarms, type Changing } from '@postrider/service-host';
import { template, type TemplateEvent } from '../template/template.decider';
import { attentionEvents, attentionFor, type AttentionEvent } from './attention';

const name = 'templates:when-attention-needed';

/** Raises an alarm for a template that needs an operator, and clears it when it is over. */
export function whenAttentionNeeded(deps: {
  changing: Changing;
  readStream: (streamId: string) => Promise<readonly RecordedEvent[]>;
}): Reaction {
  const { attend } = standingAlarms('templates');
  return {
    kind: 'reaction',
    name,
    hears: attentionEvents,
    async handle(events) {
      for (const event of events as readonly (RecordedEvent & AttentionEvent)[]) {
        const story = await deps.readStream(event.streamId);
        const about = fold(template, story as unknown as TemplateEvent[]);
        if (about) await attend(deps.changing, reactingTo(event, name), attentionFor(event, about));
      }
    },
  };
}
