import { AccountChangeReported, type EventOf, type RecordedEvent } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import type { Reaction } from '@postrider/messaging';
import { type Changing, reactingTo, standingAlarms } from '@postrider/service-host';
import { businessAccount, restoreAccount, restrictAccount } from '../business-account/business-account.decider';
import { readAccountChange } from '../meta/account-report';
import { readSenderChange } from '../meta/sender-report';
import { observePortfolio, portfolio } from '../portfolio/portfolio.decider';
import type { ConfiguredViews } from '../views/configured';

type Reported = RecordedEvent & EventOf<typeof AccountChangeReported>;
const name = 'configuration:when-account-change-reported';

/** Meta's webhook about an account becomes our facts at once: restricted, restored, warned, another limit. */
export function whenAccountChangeReported(deps: { changing: Changing; views: ConfiguredViews }): Reaction {
  const { changing, views } = deps;
  const { attend } = standingAlarms('configuration');
  return {
    kind: 'reaction',
    name,
    hears: [AccountChangeReported],
    async handle(events) {
      for (const event of events as readonly Reported[]) {
        const by = reactingTo(event, name);
        const { accountId } = event.data;
        const { restricted, restored, warning } = readAccountChange(event.data);
        if (restricted) {
          await changing.change(by, accountId, businessAccount, (state) => restrictAccount(restricted, state));
        }
        if (restored) await changing.change(by, accountId, businessAccount, (state) => restoreAccount({}, state));
        if (warning !== undefined) await warn(event, warning);
        const { limit } = readSenderChange(event.data);
        const account = limit && (await views.one('business-account', event.workspaceId, accountId));
        if (account) {
          const { portfolioId } = account.state;
          const streamId = derivedId.portfolio(event.workspaceId, portfolioId);
          await changing.change(by, streamId, portfolio, (state) => observePortfolio({ portfolioId, limit }, state));
        }
      }
    },
  };

  async function warn(event: Reported, text: string): Promise<void> {
    const { accountId } = event.data;
    const key = `account-warning:${accountId}`;
    const raised = { key, kind: 'account-warning', severity: 'warning' as const, text, subject: { accountId } };
    await attend(changing, reactingTo(event, name), { raise: raised });
  }
}
