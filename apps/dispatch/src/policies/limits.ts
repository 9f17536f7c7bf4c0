import { windowClosesAt, type Caps, type Facts, type Policies } from '@postrider/compliance';
import type { Known } from './facts-by-policy';

/** The caps of the channel that a message goes through. */
export const capsOf = ({ channel }: Pick<Known, 'channel'>): Caps => (channel.settings.caps ?? []) as Caps;

/** Whether anything bounds what a workspace spends. */
export const hasSpendLimit = ({ spend }: Policies): boolean =>
  spend.perDay !== undefined || spend.perMonth !== undefined;

/** Templates inside an open window do not count to the portfolio's limit. */
export const opensConversation = ({ content, lastInboundAt, at }: Facts): boolean =>
  content.kind === 'template' && !(lastInboundAt !== undefined && at < windowClosesAt(lastInboundAt));

/** What must be counted by one at a time; empty where nothing is limited. */
export function limitedScopes(workspaceId: string, policies: Policies, known: readonly Known[]): string[] {
  const scopes = known.flatMap((each) => [
    ...(policies.caps.caps.length + capsOf(each).length > 0 ? [`person ${each.personId}`] : []),
    ...(each.limit === undefined ? [] : [`portfolio ${each.limit.portfolioId}`]),
  ]);
  return [...new Set([...scopes, ...(hasSpendLimit(policies) ? [`spend ${workspaceId}`] : [])])];
}
