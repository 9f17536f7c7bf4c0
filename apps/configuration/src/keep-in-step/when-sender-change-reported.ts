import { SenderChangeReported, type EventOf, type RecordedEvent } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import type { Reaction } from '@postrider/messaging';
import { type Changing, reactingTo } from '@postrider/service-host';
import { readSenderChange } from '../meta/sender-report';
import { observePortfolio, portfolio } from '../portfolio/portfolio.decider';
import { reportSender, sender } from '../sender/sender.decider';
import type { ConfiguredViews } from '../views/configured';

type Reported = RecordedEvent & EventOf<typeof SenderChangeReported>;
const name = 'configuration:when-sender-change-reported';

/** Meta's webhook about a number becomes our facts at once; one about a number we do not know has the account looked at. */
export function whenSenderChangeReported(deps: {
  changing: Changing;
  views: ConfiguredViews;
  lookSoon: (accountId: string) => void;
}): Reaction {
  const { changing, views, lookSoon } = deps;
  const senderIdOf = async ({ workspaceId, data }: Reported): Promise<string | undefined> => {
    if (data.phoneNumberId !== undefined) return derivedId.sender(workspaceId, data.phoneNumberId);
    if (data.displayPhoneNumber === undefined) return undefined;
    return (await views.senderShownAs(data.accountId, data.displayPhoneNumber))?.id;
  };
  return {
    kind: 'reaction',
    name,
    hears: [SenderChangeReported],
    async handle(events) {
      for (const event of events as readonly Reported[]) {
        const by = reactingTo(event, name);
        const { accountId } = event.data;
        const news = readSenderChange(event.data);
        const senderId = news.sender && (await senderIdOf(event));
        if (news.sender && senderId !== undefined) {
          const report = news.sender;
          await changing.change(by, senderId, sender, (state) => reportSender(report, state));
        }
        const account = news.limit && (await views.one('business-account', event.workspaceId, accountId));
        if (account) {
          const { portfolioId } = account.state;
          const seen = { portfolioId, limit: news.limit };
          const streamId = derivedId.portfolio(event.workspaceId, portfolioId);
          await changing.change(by, streamId, portfolio, (state) => observePortfolio(seen, state));
        }
        const known = senderId !== undefined && (await views.one('sender', event.workspaceId, senderId));
        if (!known || news.lookAgain) lookSoon(accountId);
      }
    },
  };
}
