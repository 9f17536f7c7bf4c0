import {
  assess,
  billedCategory,
  forecastMicros,
  purposeOf,
  windowClosesAt,
  type Assessment,
  type Facts,
  type Policies,
} from '@postrider/compliance';
import { inTransaction, type Tx } from '@postrider/messaging';
import { shareOpenings } from '../openings/openings.sql';
import type { Ahead } from './ahead';
import { claimAll } from './claim-all';
import { withTraits, type CaseAtHand, type JudgingDeps, type Known } from './facts-by-policy';
import { hasSpendLimit, limitedScopes, opensConversation } from './limits';
import { readUsage, type Usage } from './usage';
import { lockScopes } from './usage.sql';

interface Asked {
  readonly workspaceId: string;
  readonly at: Date;
  readonly claim: boolean;
  readonly ahead?: Ahead | undefined;
}

/**
 * Judges messages of one workspace by all rules, with a handful of round trips for all; one decision per message, in
 * order, each counting those before it. With `claim`, what may go is claimed under caps and limits in the same
 * transaction that counted, so that no two senders use up the same room.
 */
export async function judgeByPolicies(
  deps: JudgingDeps,
  { workspaceId, at, claim, ahead }: Asked,
  cases: readonly CaseAtHand[],
): Promise<Assessment[]> {
  ahead?.begin();
  if (cases.length === 0) return [];
  const policies = await deps.copies.policies(workspaceId);
  const known = await withTraits(deps, at, cases, policies);
  const scopes = limitedScopes(workspaceId, policies, known);
  if (scopes.length === 0) return known.map(({ facts }) => assess(facts));
  return inTransaction(deps.pool, async (tx) => {
    if (claim) {
      await tx.query(shareOpenings);
      await tx.query(lockScopes, [scopes]);
    }
    const usage = await readUsage(tx, { workspaceId, at, policies, ahead }, known);
    const decisions = judgeInTurn(known, usage, policies);
    if (claim) await keepClaims(tx, { workspaceId, at }, known, decisions);
    return decisions.map(({ decision }) => decision);
  });
}

interface Judged {
  readonly decision: Assessment;
  readonly priceMicros?: number;
  readonly facts: Facts;
}

function judgeInTurn(known: readonly Known[], usage: Usage, policies: Policies): Judged[] {
  return known.map((each) => {
    const priceMicros = hasSpendLimit(policies) ? priceOf(each.facts, policies) : undefined;
    const facts = { ...each.facts, ...usage.factsOf(each, priceMicros) };
    const decision = assess(facts);
    if (decision.outcome === 'send') usage.count(each, priceMicros ?? 0);
    return { decision, facts, ...(priceMicros === undefined ? {} : { priceMicros }) };
  });
}

function priceOf({ content, lastInboundAt, freeUntil, recipient, at }: Facts, { spend }: Policies): number | undefined {
  const category = billedCategory({
    ...(content.kind === 'template' ? { category: content.template.category } : {}),
    insideWindow: lastInboundAt !== undefined && at < windowClosesAt(lastInboundAt),
    freeEntry: freeUntil !== undefined && at < new Date(freeUntil),
    at,
  });
  const { country } = recipient;
  return forecastMicros(spend, { category, at, ...(country === undefined ? {} : { country }) });
}

async function keepClaims(
  tx: Tx,
  { workspaceId, at }: { readonly workspaceId: string; readonly at: Date },
  known: readonly Known[],
  judged: readonly Judged[],
): Promise<void> {
  const going = known.flatMap((each, index) => {
    const { decision, priceMicros, facts } = judged[index]!;
    return each.message !== undefined && decision.outcome === 'send'
      ? [{ ...each, facts, priceMicros, message: each.message }]
      : [];
  });
  if (going.length === 0) return;
  await claimAll(tx, [
    going.map(({ message }) => message.id),
    going.map(() => workspaceId),
    going.map(({ contactId }) => contactId),
    going.map(({ channel }) => channel.channelId),
    going.map(({ accountId }) => accountId),
    going.map(({ facts }) => purposeOf(facts)),
    going.map(({ facts }) => opensConversation(facts)),
    going.map(({ facts }) => facts.recipient.country ?? null),
    going.map(() => at),
    going.map(({ message }) => message.version),
    going.map(({ priceMicros }) => priceMicros ?? null),
  ]);
}
