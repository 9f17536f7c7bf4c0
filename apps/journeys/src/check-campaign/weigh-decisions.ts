import type { QuietClock } from '@postrider/compliance';
import { foresee, roundMs, type Foreseen, type Group } from '../campaign/foresee';
import type { Decided, DecisionsAnswer, UsedUp } from './ask-decisions';

/** These are walked through by the forecast itself, for the time of sending and not of the check. */
const foreseen: ReadonlySet<string | undefined> = new Set(['quiet-hours', 'portfolio-limit']);

/** Counts what dispatch would decide, page after page, and foresees from it when the last one has gone. */
export function weighDecisions() {
  const totals = new Map<string, number>();
  const groups = new Map<string, Group & { people: number }>();
  const clocks = new Map<string, readonly QuietClock[]>();
  let portfolio: DecisionsAnswer['portfolio'];
  let usedUp: UsedUp | undefined;
  let cost = 0;
  const add = ({ outcome, code, until }: Decided, quiet: readonly QuietClock[], key: string): void => {
    totals.set(code ?? outcome, (totals.get(code ?? outcome) ?? 0) + 1);
    if (outcome === 'refuse') return;
    const waits = outcome === 'hold' && until !== undefined && !foreseen.has(code);
    const from = waits ? Math.ceil(Date.parse(until) / roundMs) * roundMs : 0;
    const group = groups.get(`${from} ${key}`) ?? { people: 0, from, quiet };
    group.people += 1;
    groups.set(`${from} ${key}`, group);
  };
  return {
    /** `prices` are those of the messages asked about, in their order. */
    add(answer: DecisionsAnswer, prices: readonly number[]): void {
      portfolio ??= answer.portfolio;
      usedUp = answer.usedUp;
      const sets = answer.quiet.map((set) => {
        const key = JSON.stringify(set);
        clocks.set(key, clocks.get(key) ?? set);
        return { key, set: clocks.get(key)! };
      });
      for (const [index, decided] of answer.decisions.entries()) {
        if (decided.outcome !== 'refuse') cost += prices[index] ?? 0;
        const { key, set } = sets[decided.quiet] ?? { key: '[]', set: [] };
        add(decided, set, key);
      }
    },
    totals: () => Object.fromEntries(totals),
    /** Who would get it, now or later. */
    people: () => [...groups.values()].reduce((sum, { people }) => sum + people, 0),
    cost: () => cost,
    portfolio: () => portfolio,
    usedUp: () => usedUp,
    /** `scale` is how many people each of those looked at stands for. */
    foresee: (ratePerSecond: number, startsAt: Date, scale: number): Foreseen => {
      const scaled = [...groups.values()].map((group) => ({ ...group, people: group.people * scale }));
      return foresee(scaled, { ratePerSecond, portfolio }, startsAt.getTime());
    },
  };
}
