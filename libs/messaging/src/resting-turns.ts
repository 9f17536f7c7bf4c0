import type { RecordedEvent } from '@postrider/event-contracts';
import { gather } from '@postrider/event-store';
import { setTimeout as pause } from 'node:timers/promises';
import { restAfterMs } from './reader';
import { isTransient } from './transient';

/** What those who rested need to read on, and to ask for the next turn. */
const readMs = 5;
/** Above it a turn would last too long; whoever has so much has it alone. */
const eventsMost = 1_000;
/** Who takes longer no longer keeps the next turn from beginning. */
export const turnMostMs = 1_000;

interface WithEvents {
  readonly events: readonly RecordedEvent[];
}

/** Turns that many take together, one after the other, and after which all rest. */
export interface RestingTurns<Portion, Result> {
  /** Resolves when the rest is over: to be awaited before reading on, so that the next turn takes all there is by then. */
  rested(): Promise<void>;
  take(portion: Portion): Promise<Result>;
}

/** If a turn fails, each portion is tried alone. Where somebody waits there is no rest (`restless`). */
export function restingTurns<Portion extends WithEvents, Result>(
  work: (portions: readonly Portion[]) => Promise<readonly Result[]>,
  { restless }: { readonly restless: boolean },
): RestingTurns<Portion, Result> {
  let rest: Promise<unknown> = Promise.resolve();
  const turn = async (portions: readonly Portion[]): Promise<readonly Result[]> => {
    const started = performance.now();
    const results = await work(portions);
    rest = pause(restAfterMs(performance.now() - started), undefined, { ref: false });
    return results;
  };
  return {
    rested: async () => void (await rest),
    take: gather<Portion, Result>(restless ? work : turn, {
      ...{ fitting, atOnce: 1, patienceMs: turnMostMs, isForAll: isTransient },
      ...(restless ? {} : { rest: () => rest.then(() => pause(readMs)) }),
    }),
  };
}

/** As many of them, in their order, as one turn may hold; one at least. */
export function fitting(waiting: readonly WithEvents[]): number {
  let events = 0;
  const first = waiting.findIndex((turn) => (events += turn.events.length) > eventsMost);
  return first < 0 ? waiting.length : Math.max(first, 1);
}
