import {
  capUsage,
  capWindowMs,
  microsOf,
  purposeOf,
  spendingPeriods,
  type Counted,
  type Facts,
  type Policies,
} from '@postrider/compliance';
import type { Tx } from '@postrider/messaging';
import { findPortfolioUse } from '../openings/openings.sql';
import type { Ahead } from './ahead';
import type { Known } from './facts-by-policy';
import { capsOf, hasSpendLimit, opensConversation } from './limits';
import { findSent, findSpend } from './usage.sql';

type UsageFacts = Pick<Facts, 'caps' | 'portfolio' | 'spend'>;

/** How far caps and limits are used, counting on as messages are let through. */
export interface Usage {
  factsOf(known: Known, priceMicros: number | undefined): UsageFacts;
  count(known: Known, priceMicros: number): void;
}

interface Asked {
  readonly workspaceId: string;
  readonly at: Date;
  readonly policies: Policies;
  /** What would have gone before these, where they are part of an audience that is judged ahead. */
  readonly ahead?: Ahead | undefined;
}

/** Reads it for these messages, which are not counted themselves. */
export async function readUsage(tx: Tx, asked: Asked, known: readonly Known[]): Promise<Usage> {
  const own = known.flatMap(({ message }) => (message === undefined ? [] : [message.id]));
  const caps = await readCaps(tx, asked, known, own);
  const portfolios = await readPortfolios(tx, asked, known, own);
  const spend = await readSpend(tx, asked, own);
  return {
    factsOf: (each, priceMicros) => ({
      ...caps.factsOf(each),
      ...portfolios.factsOf(each),
      ...spend.factsOf(priceMicros),
    }),
    count(each, priceMicros) {
      const opensIn = portfolios.count(each);
      const message = { at: asked.at, purpose: purposeOf(each.facts), channelId: each.channel.channelId };
      caps.count(each.personId, message);
      spend.count(priceMicros);
      asked.ahead?.count({
        personId: each.personId,
        message,
        priceMicros,
        ...(opensIn === undefined ? {} : { opensIn }),
      });
    },
  };
}

async function readCaps(tx: Tx, { at, policies, ahead }: Asked, known: readonly Known[], own: readonly string[]) {
  const longestMs = Math.max(0, ...[...policies.caps.caps, ...known.flatMap(capsOf)].map(capWindowMs));
  const sent = new Map<string, Counted[]>();
  if (longestMs > 0) {
    const persons = [...new Set(known.map(({ personId }) => personId))];
    const since = new Date(at.getTime() - longestMs);
    const { rows } = await tx.query<{
      person_id: string;
      message_id: string;
      channel_id: string;
      purpose: Counted['purpose'];
      at: Date;
    }>(findSent, [at, persons, since]);
    const mine = new Set(own);
    for (const row of rows) {
      if (!mine.has(row.message_id))
        add(row.person_id, { at: row.at, purpose: row.purpose, channelId: row.channel_id });
    }
    for (const person of persons) for (const message of ahead?.sentTo(person) ?? []) add(person, message);
  }
  function add(personId: string, message: Counted): void {
    const messages = sent.get(personId);
    if (messages) messages.push(message);
    else sent.set(personId, [message]);
  }
  return {
    factsOf(each: Known): UsageFacts {
      const messages = sent.get(each.personId) ?? [];
      const { channelId } = each.channel;
      return {
        caps: [
          ...capsOf(each).map((cap) => capUsage({ cap, of: 'channel', channelId }, messages, at)),
          ...policies.caps.caps.map((cap) => capUsage({ cap, of: 'workspace', channelId }, messages, at)),
        ],
      };
    },
    count: add,
  };
}

async function readPortfolios(tx: Tx, { at, ahead }: Asked, known: readonly Known[], own: readonly string[]) {
  const used = new Map<string, { people: Set<string>; used: number; firstAt: Date | null }>();
  for (const id of new Set(known.flatMap(({ limit }) => limit?.portfolioId ?? []))) {
    const persons = known.filter(({ limit }) => limit?.portfolioId === id).map(({ personId }) => personId);
    const { rows } = await tx.query<{ used: number; first_at: Date | null; asked: string[] }>(
      { name: 'portfolio-use', text: findPortfolioUse },
      [at, id, persons, own],
    );
    const [row] = rows;
    const before = ahead?.openedIn(id) ?? new Set<string>();
    used.set(id, {
      people: new Set([...(row?.asked ?? []), ...before]),
      used: (row?.used ?? 0) + before.size + (ahead?.openedBefore ?? 0),
      firstAt: row?.first_at ?? null,
    });
  }
  return {
    factsOf({ limit, personId }: Known): UsageFacts {
      const use = limit && used.get(limit.portfolioId);
      if (limit === undefined || use === undefined) return {};
      const roomAt = use.firstAt === null ? undefined : new Date(use.firstAt.getTime() + 86_400_000).toISOString();
      return {
        portfolio: {
          limit: limit.messagingLimit,
          used: use.used,
          includesRecipient: use.people.has(personId),
          ...(roomAt === undefined ? {} : { roomAt }),
        },
      };
    },
    /** The portfolio in which this opens a conversation. */
    count({ limit, personId, facts }: Known): string | undefined {
      const use = limit && used.get(limit.portfolioId);
      if (use === undefined || use.people.has(personId) || !opensConversation(facts)) return undefined;
      use.people.add(personId);
      use.used++;
      return limit!.portfolioId;
    },
  };
}

async function readSpend(tx: Tx, { workspaceId, at, policies, ahead }: Asked, own: readonly string[]) {
  if (!hasSpendLimit(policies)) return { factsOf: (): UsageFacts => ({}), count: (): void => undefined };
  const { currency, timeZone, perDay, perMonth } = policies.spend;
  const periods = spendingPeriods(timeZone, at);
  const { rows } = await tx.query<{ today: string; this_month: string }>(findSpend, [
    at,
    workspaceId,
    periods.monthStartsAt,
    periods.dayStartsAt,
    own,
  ]);
  const before = ahead?.priceMicros() ?? 0;
  let today = Number(rows[0]?.today ?? 0) + before;
  let thisMonth = Number(rows[0]?.this_month ?? 0) + before;
  return {
    factsOf: (priceMicros: number | undefined): UsageFacts => ({
      spend: {
        currency,
        ...(priceMicros === undefined ? {} : { priceMicros }),
        today: {
          spentMicros: today,
          ...(perDay === undefined ? {} : { limitMicros: microsOf(perDay) }),
          endsAt: periods.dayEndsAt.toISOString(),
        },
        thisMonth: {
          spentMicros: thisMonth,
          ...(perMonth === undefined ? {} : { limitMicros: microsOf(perMonth) }),
          endsAt: periods.monthEndsAt.toISOString(),
        },
      },
    }),
    count(priceMicros: number): void {
      today += priceMicros;
      thisMonth += priceMicros;
    },
  };
}
