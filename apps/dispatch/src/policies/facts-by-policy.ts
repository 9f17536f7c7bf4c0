import {
  examineContent,
  isFreeOfHealthContent,
  wordsIn,
  type Facts,
  type Policies,
  type QuietHours,
} from '@postrider/compliance';
import type { Pool } from 'pg';
import type { ChannelView, Copies } from '../judging/copies';
import { hasSpendLimit } from './limits';
import { findLimits, findTraits } from './usage.sql';

/** A message, with the facts that rest on no policy. */
export interface CaseAtHand {
  readonly facts: Facts;
  readonly channel: Pick<ChannelView, 'channelId' | 'settings'>;
  readonly accountId: string;
  readonly senderId: string;
  readonly contactId: string;
  readonly aliasKeys: readonly string[];
  /** The Cloud API's shape of it; missing where it can no longer be read. */
  readonly payload?: unknown;
  /** Of a message that was taken on before. */
  readonly message?: { readonly id: string; readonly version: number };
}

export interface JudgingDeps {
  readonly pool: Pool;
  readonly copies: Copies;
}

/** A case with what is known of its person. */
export interface Known extends CaseAtHand {
  readonly personId: string;
  readonly limit?: { readonly portfolioId: string; readonly messagingLimit: number };
}

interface TraitsRow {
  contact_id: string;
  person_id: string;
  time_zone: string | null;
  times: number | null;
  last_at: Date | null;
}

/** Adds what the policies say, and what they go by in each person and portfolio. */
export async function withTraits(
  { pool, copies }: JudgingDeps,
  at: Date,
  cases: readonly CaseAtHand[],
  policies: Policies,
): Promise<Known[]> {
  const [traits, limits] = await Promise.all([
    pool.query<TraitsRow>({
      name: 'traits',
      text: findTraits,
      values: [distinct(cases.map(({ contactId }) => contactId)), at],
    }),
    pool.query<{ account_id: string; portfolio_id: string; messaging_limit: number }>({
      name: 'portfolio-limits',
      text: findLimits,
      values: [distinct(cases.map(({ accountId }) => accountId))],
    }),
  ]);
  const traitsOf = new Map(traits.rows.map((row) => [row.contact_id, row]));
  const limitOf = new Map(limits.rows.map((row) => [row.account_id, row]));
  const hasSpend = hasSpendLimit(policies);
  const wanting = cases.filter(
    ({ facts, accountId, contactId }) =>
      facts.lastInboundAt === undefined &&
      (limitOf.has(accountId) || hasSpend || (traitsOf.get(contactId)?.times ?? 0) > 0),
  );
  const windowOf = await copies.windows(wanting);
  return cases.map((each) => {
    const row = traitsOf.get(each.contactId);
    const limit = limitOf.get(each.accountId);
    return {
      ...each,
      personId: row?.person_id ?? each.contactId,
      ...(limit === undefined
        ? {}
        : { limit: { portfolioId: limit.portfolio_id, messagingLimit: limit.messaging_limit } }),
      facts: withPolicies({ ...windowOf(each.senderId, each.aliasKeys), ...each.facts }, each, policies, row),
    };
  });
}

function withPolicies(facts: Facts, { channel, payload }: CaseAtHand, policies: Policies, row?: TraitsRow): Facts {
  const { content, recipient } = facts;
  const hours = channel.settings.quietHours as QuietHours | undefined;
  return {
    ...facts,
    recipient: row?.time_zone == null ? recipient : { ...recipient, timeZone: row.time_zone },
    content:
      content.kind === 'template' && policies.health.regulated
        ? {
            ...content,
            template: {
              ...content.template,
              freeOfHealthContent: isFreeOfHealthContent(policies.health, content.template),
            },
          }
        : content,
    countries: policies.countries,
    quietHours: { workspace: policies['quiet-hours'], ...(hours === undefined ? {} : { channel: hours }) },
    regulated: policies.health.regulated,
    ...(payload === undefined ? {} : { findings: examineContent(wordsIn(payload)) }),
    ...(row?.times && row.last_at ? { heldBack: { times: row.times, lastAt: row.last_at.toISOString() } } : {}),
  };
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)];
