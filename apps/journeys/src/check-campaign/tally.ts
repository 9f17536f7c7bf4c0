import type { PlannedRecipient } from '../planning/plan-member';

/** Lines shown for each reason: enough to find the mistake in the file. */
const linesShown = 5;

/** Counts what planning would make of people, and why some would get nothing. */
export function tally() {
  const variants = new Map<string, number>();
  const reasons = new Map<string, { code: string; because: string; people: number; lines: number[] }>();
  let [people, sendable, cost, unpriced] = [0, 0, 0, 0];
  return {
    get people() {
      return people;
    },
    get sendable() {
      return sendable;
    },
    get cost() {
      return cost;
    },
    /** Of those, whose country the rate card has no price for. */
    get unpriced() {
      return unpriced;
    },
    add({ state, code, because = '', variant, line, price }: PlannedRecipient): void {
      people += 1;
      if (state === 'holdout' || variant !== '') variants.set(variant, (variants.get(variant) ?? 0) + 1);
      if (state === 'planned') {
        sendable += 1;
        cost += price;
        if (price === 0) unpriced += 1;
      }
      if (state !== 'refused') return;
      const key = `${code} ${because}`;
      const reason = reasons.get(key) ?? { code: code ?? 'refused', because, people: 0, lines: [] };
      reason.people += 1;
      if (reason.lines.length < linesShown) reason.lines.push(line);
      reasons.set(key, reason);
    },
    totals() {
      return {
        sendable,
        refused: [...reasons.values()].sort((a, b) => b.people - a.people),
        ...(variants.size === 0 ? {} : { variants: Object.fromEntries(variants) }),
      };
    },
  };
}
