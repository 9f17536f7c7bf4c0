import { SendingPaused, type EventOf, type RecordedEvent } from '@postrider/event-contracts';
import type { Reaction } from '@postrider/messaging';
import { type Changing, reactingTo } from '@postrider/service-host';
import { businessAccount, rejectCredentials } from '../business-account/business-account.decider';

type Paused = RecordedEvent & EventOf<typeof SendingPaused>;
const name = 'configuration:when-sending-paused';
/** Meta's codes for a token that is not, or no longer, good. */
const tokenCodes = new Set([0, 102, 104, 190]);

/** Dispatch learns first that a token is refused; the account is ours to mark, and to raise the alarm for. */
export function whenSendingPaused(deps: { changing: Changing; lookSoon: (accountId: string) => void }): Reaction {
  const { changing, lookSoon } = deps;
  return {
    kind: 'reaction',
    name,
    hears: [SendingPaused],
    async handle(events) {
      for (const event of events as readonly Paused[]) {
        const { scope, scopeId: accountId, error } = event.data;
        if (scope !== 'account') continue;
        lookSoon(accountId);
        if (error.metaCode === undefined || !tokenCodes.has(error.metaCode)) continue;
        const because = `Meta refused the token while sending (${error.metaCode}: ${error.title})`;
        const by = reactingTo(event, name);
        await changing.change(by, accountId, businessAccount, (state) =>
          state ? rejectCredentials({ because }, state) : [],
        );
      }
    },
  };
}
