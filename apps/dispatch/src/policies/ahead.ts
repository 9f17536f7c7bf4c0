import type { Counted } from '@postrider/compliance';

/** A message that would be let through. */
export interface WouldGo {
  readonly personId: string;
  readonly message: Counted;
  /** Where it opens a conversation under a portfolio's limit. */
  readonly opensIn?: string;
  readonly priceMicros: number;
}

/** What those would use up who were judged before, in sums: none of them is asked about again. */
export interface UsedUp {
  /** Conversations opened under a portfolio's limit. */
  readonly openings: number;
  readonly priceMicros: number;
}

/**
 * What an audience that is judged ahead, part by part, would use up of caps and limits: what earlier parts would is kept,
 * and what the part in hand would is begun anew whenever that part is judged again.
 */
export interface Ahead {
  begin(): void;
  count(message: WouldGo): void;
  keep(): void;
  sentTo(personId: string): readonly Counted[];
  openedIn(portfolioId: string): ReadonlySet<string>;
  /** Opened by people who were judged before. */
  openedBefore: number;
  priceMicros(): number;
  usedUp(): UsedUp;
}

const none: readonly Counted[] = [];
const nobody: ReadonlySet<string> = new Set();

/** `before`: of the same channel, so that it counts under the same limits. */
export function ahead(before: UsedUp = { openings: 0, priceMicros: 0 }): Ahead {
  const sent = new Map<string, Counted[]>();
  const opened = new Map<string, Set<string>>();
  let micros = before.priceMicros;
  let part: WouldGo[] = [];
  return {
    begin: () => void (part = []),
    count: (message) => void part.push(message),
    keep() {
      for (const { personId, message, opensIn, priceMicros } of part) {
        sent.set(personId, [...(sent.get(personId) ?? none), message]);
        micros += priceMicros;
        if (opensIn !== undefined) opened.set(opensIn, (opened.get(opensIn) ?? new Set()).add(personId));
      }
      part = [];
    },
    sentTo: (personId) => sent.get(personId) ?? none,
    openedIn: (portfolioId) => opened.get(portfolioId) ?? nobody,
    openedBefore: before.openings,
    priceMicros: () => micros,
    usedUp: () => ({
      openings: [...opened.values()].reduce((sum, people) => sum + people.size, before.openings),
      priceMicros: micros,
    }),
  };
}
