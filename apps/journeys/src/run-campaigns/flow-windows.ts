import type { Clock } from '@postrider/decider';

export interface FlowWindows {
  /** The most messages of a campaign that may be on their way now. */
  of(campaignId: string): number;
  /** How many are on their way, and how many were handed over since this was last told. */
  told(campaignId: string, now: { readonly inFlight: number; readonly handed: number }): void;
  forget(campaignId: string): void;
}

interface Flow {
  readonly window: number;
  /** A turn is over when all that was on its way at its begin has come through: it took as long as a message is on its way. */
  readonly turn: { readonly beganMs: number; readonly toCome: number; readonly ended: number };
  readonly inFlight: number;
  readonly shortestMs: number;
}

/** How long a message may be on its way from here to Meta. What waits longer only makes what overtakes it wait as well. */
const stayMs = 350;
/** Where even a message alone takes long, this many times that. */
const overShortest = 2;
/** A shorter turn tells little. */
const turnLeastMs = 250;
/** A burst of good luck is no reason to let go of all at once. */
const growth = 2;

/**
 * A window per campaign that fits what dispatch gets done: as many messages as leave for Meta in `stayMs`. It begins
 * with `least`, grows as long as messages come through fast, and shrinks as soon as they queue up, whatever the reason.
 */
export function flowWindows(
  clock: Pick<Clock, 'monotonicMs'>,
  { least, most }: { readonly least: number; readonly most: number },
): FlowWindows {
  const flows = new Map<string, Flow>();
  const within = (window: number): number => Math.min(most, Math.max(least, Math.ceil(window)));
  const next = (before: Flow, inFlight: number, handed: number): Flow => {
    const nowMs = clock.monotonicMs();
    const { beganMs, toCome } = before.turn;
    const ended = before.turn.ended + Math.max(0, before.inFlight + handed - inFlight);
    const tookMs = nowMs - beganMs;
    if (ended < Math.max(1, toCome) || tookMs < turnLeastMs)
      return { ...before, turn: { ...before.turn, ended }, inFlight };
    const shortestMs = Math.min(before.shortestMs, tookMs);
    const fitting = (ended / tookMs) * Math.max(stayMs, overShortest * shortestMs);
    const window = within(Math.min(fitting, before.window * growth));
    return { window, turn: { beganMs: nowMs, toCome: inFlight, ended: 0 }, inFlight, shortestMs };
  };
  return {
    of: (campaignId) => flows.get(campaignId)?.window ?? within(least),
    told(campaignId, { inFlight, handed }) {
      const before = flows.get(campaignId);
      const turn = { beganMs: clock.monotonicMs(), toCome: inFlight, ended: 0 };
      const first = { window: within(least), turn, inFlight, shortestMs: Infinity };
      flows.set(campaignId, before === undefined ? first : next(before, inFlight, handed));
    },
    forget: (campaignId) => void flows.delete(campaignId),
  };
}
