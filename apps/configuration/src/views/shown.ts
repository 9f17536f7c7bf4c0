import type { BusinessAccount } from '../business-account/business-account.decider';
import { missingItems, readinessItems, readinessTexts } from '../business-account/readiness';
import { reasonsAgainst } from '../channel/reasons';
import type { Channel } from '../channel/channel.decider';
import type { Sender } from '../sender/sender.decider';
import type { Configured, ConfiguredViews } from './configured';

/** A sender as callers see it. */
export async function showSender(views: ConfiguredViews, { workspaceId, state }: Configured<Sender>) {
  const { senderId: id, ...known } = state;
  const portfolio = await views.portfolioOf(workspaceId, state.portfolioId);
  return { id, ...known, portfolioLimit: portfolio?.state.limit, portfolioTier: portfolio?.state.tier };
}

/** A business account as callers see it; its token and secret are kept elsewhere and never come here. */
export async function showAccount(
  views: ConfiguredViews,
  { workspaceId, state, createdAt }: Configured<BusinessAccount>,
) {
  const { accountId: id, readiness, scopes: permissions, credentials, restriction, ...known } = state;
  const senders = await views.sendersOf(workspaceId, id);
  return {
    id,
    ...known,
    state: stateOf({ credentials, restriction }),
    restriction,
    permissions,
    readyForMarketing: missingItems(readiness).length === 0,
    connectedAt: createdAt,
    senders: await Promise.all(senders.map((row) => showSender(views, row))),
  };
}

/** An account by its id, as callers see it; undefined where the workspace has no such account. */
export const accountShower = (views: ConfiguredViews) => async (workspaceId: string, id: string) => {
  const row = await views.one('business-account', workspaceId, id);
  return row && showAccount(views, row);
};
export const ShowAccount = Symbol('ShowAccount');
export type ShowAccount = ReturnType<typeof accountShower>;

function stateOf({ credentials, restriction }: Pick<BusinessAccount, 'credentials' | 'restriction'>): string {
  if (credentials === 'rejected') return 'credentials-rejected';
  return restriction ? 'restricted' : 'connected';
}

/** The readiness list: each item with who confirmed it and when, and what is missing. */
export function showReadiness({ state: { readiness } }: Configured<BusinessAccount>) {
  const items = readinessItems.map((item) => ({
    item,
    asks: readinessTexts[item],
    confirmed: readiness[item] !== undefined,
    ...readiness[item],
  }));
  const missing = missingItems(readiness);
  return { complete: missing.length === 0, missing, items };
}

/** A channel as callers see it, with what stands against it now, whatever its state. */
export async function showChannel(
  views: ConfiguredViews,
  { workspaceId, state, createdAt, changedAt }: Configured<Channel>,
) {
  const { channelId: id, settings, state: life, suspendedBecause } = state;
  const reasons = reasonsAgainst(settings, await views.factsOf(workspaceId, settings.senderId));
  return { id, ...settings, state: life, suspendedBecause, reasons, createdAt, changedAt };
}
