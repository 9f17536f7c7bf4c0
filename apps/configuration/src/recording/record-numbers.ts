import { isRefusal, type DomainEvent, type Outcome } from '@postrider/decider';
import { derivedId } from '@postrider/keys';
import type { By, Changing } from '@postrider/service-host';
import type { AccountAtMeta, PhoneNumberFacts } from '../meta/account-at-meta';
import { messagingLimit } from '../meta/limits';
import { answer, type Look } from '../meta/look';
import { observePortfolio, portfolio, type PortfolioState } from '../portfolio/portfolio.decider';
import { observeSender, sender, type SenderState } from '../sender/sender.decider';

interface Account {
  readonly accountId: string;
  readonly wabaId: string;
  readonly portfolioId: string;
}

/** An account whose portfolio Meta does not show counts as a portfolio of its own. */
export function portfolioIdOf(look: Look, wabaId: string): string {
  const portfolioShown = 'said' in look.account ? look.account.said.portfolio : undefined;
  return portfolioShown?.id ?? `waba-${wabaId}`;
}

/**
 * Writes down the portfolio and the numbers as a look at Meta showed them. The look is older than each decision: where it
 * says something new of what is known already, Meta is asked again inside of the decision, so that no look undoes what a
 * webhook has told since.
 */
export async function recordNumbers(
  { change, shown }: Changing,
  by: By,
  account: Account,
  { look, meta }: { readonly look: Look; readonly meta: Pick<AccountAtMeta, 'phoneNumbers'> },
): Promise<void> {
  const { accountId, wabaId, portfolioId } = account;
  const numbers = 'said' in look.numbers ? look.numbers.said : [];
  const name = 'said' in look.account ? look.account.said.portfolio?.name : undefined;

  const asOfNow =
    <State, Event extends DomainEvent, Code extends string>(
      observe: (numbers: readonly PhoneNumberFacts[], state: State) => Outcome<Event, Code>,
    ) =>
    async (state: State): Promise<Outcome<Event, Code>> => {
      const outcome = observe(numbers, state);
      const isNew = isRefusal(outcome) || outcome.length > 0;
      if (state === undefined || !isNew) return outcome;
      const now = await answer(meta.phoneNumbers(wabaId));
      return 'said' in now ? observe(now.said, state) : [];
    };
  const ofPortfolio = asOfNow((now, state: PortfolioState) => {
    const tier = now.find((number) => messagingLimit(number.messagingLimitTier))?.messagingLimitTier;
    return observePortfolio({ portfolioId, name, limit: messagingLimit(tier) }, state);
  });
  const changes: Parameters<Changing['shown']>[0][number][] = [
    await change(by, derivedId.portfolio(by.workspaceId, portfolioId), portfolio, ofPortfolio),
  ];
  for (const { phoneNumberId } of numbers) {
    const senderId = derivedId.sender(by.workspaceId, phoneNumberId);
    const ofSender = asOfNow((now, state: SenderState) => {
      const seen = now.find((number) => number.phoneNumberId === phoneNumberId);
      if (!seen) return [];
      const { messagingLimitTier: _, ownWebhook: __, ...number } = seen;
      return observeSender({ ...number, senderId, accountId, wabaId, portfolioId }, state);
    });
    changes.push(await change(by, senderId, sender, ofSender));
  }
  await shown(changes);
}
