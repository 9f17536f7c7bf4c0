import { fold, type Clock } from '@postrider/decider';
import { SendingPaused, type EventOf, type RecordedEvent } from '@postrider/event-contracts';
import type { Reaction } from '@postrider/messaging';
import { reactingTo, type Changing } from '@postrider/service-host';
import type { MetaOfAccount } from '../recording/meta-of-account';
import { takeUp } from '../recording/take-up';
import { template, type TemplateEvent } from '../template/template.decider';

type Paused = RecordedEvent & EventOf<typeof SendingPaused>;
const name = 'templates:when-sending-paused';

/** Dispatch learns by Meta's error that a template cannot be sent; what state it is in, Meta is asked. */
export function whenSendingPaused(deps: {
  changing: Changing;
  metaOf: MetaOfAccount;
  clock: Clock;
  readStream: (streamId: string) => Promise<readonly RecordedEvent[]>;
}): Reaction {
  const { changing, metaOf, clock, readStream } = deps;
  return {
    kind: 'reaction',
    name,
    hears: [SendingPaused],
    async handle(events) {
      for (const event of events as readonly Paused[]) {
        const { scope, scopeId: templateId } = event.data;
        if (scope !== 'template') continue;
        const known = fold(template, (await readStream(templateId)) as unknown as TemplateEvent[]);
        if (known?.metaTemplateId === undefined) continue;
        const { accountId, wabaId, metaTemplateId } = known;
        const meta = await metaOf(accountId);
        const of = { templateId, accountId, wabaId, at: clock.now() };
        await takeUp(changing, reactingTo(event, name), of, async () => meta?.one(metaTemplateId));
      }
    },
  };
}
