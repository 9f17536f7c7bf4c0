import { derivedId } from '@postrider/keys';
import type { By, Changing } from '@postrider/service-host';
import type { Look } from '../meta/look';
import { messagingLimit } from '../meta/limits';
import { observePortfolio, portfolio } from '../portfolio/portfolio.decider';
import { observeSender, sender } from '../sender/sender.decider';

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

/** Writes down the portfolio and the numbers as a look at Meta showed them. */
export async function recordNumbers({ change, shown }: Changing, by: By, account: Account, look: Look): Promise<void> {
  const { accountId, wabaId, portfolioId } = account;
  const numbers = 'said' in look.numbers ? look.numbers.said : [];
  const tier = numbers.find((number) => messagingLimit(number.messagingLimitTier))?.messagingLimitTier;
  const name = 'said' in look.account ? look.account.said.portfolio?.name : undefined;
  const seen = { portfolioId, name, limit: messagingLimit(tier) };
  const changes: Parameters<Changing['shown']>[0][number][] = [
    await change(by, derivedId.portfolio(by.workspaceId, portfolioId), portfolio, (state) =>
      observePortfolio(seen, state),
    ),
  ];
  for (const { messagingLimitTier: _, ownWebhook: __, ...number } of numbers) {
    const senderId = derivedId.sender(by.workspaceId, number.phoneNumberId);
    const facts = { ...number, senderId, accountId, wabaId, portfolioId };
    changes.push(await change(by, senderId, sender, (state) => observeSender(facts, state)));
  }
  await shown(changes);
}
