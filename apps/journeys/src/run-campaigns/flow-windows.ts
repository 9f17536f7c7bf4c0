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
  /** Messages that come through while the window has its say, a millisecond. */
  readonly rate: number;
  /** How long a message is on its way while few are, as last seen, and when to look again. */
  readonly aloneMs: number;
  readonly lookAtMs: number;
  /** Few are let go since then, to see again how long one takes alone. */
  readonly lookingSinceMs?: number | undefined;
}

/** How long a message may be on its way from here to Meta. What waits longer only makes what overtakes it wait as well. */
const stayMs = 500;
/** Where even a message alone takes long, this many times that. More of it is more of a rate, and longer waits for all. */
const overAlone = 1.3;
/** A shorter turn tells little. */
const turnLeastMs = 250;
/** A burst of good luck is no reason to let go of all at once. */
const growth = 2;
/**
 * Behind a full window nobody sees how long a message takes alone. What was seen in a bad moment, as while a large
 * audience is planned, would hold for the whole campaign.
 */
const lookAgainMs = 15_000;
/** Where that takes long, it costs more of the rate and is done as much more seldom. */
const lookAgainTurns = 20;
/** Some may wait long for reasons of their own, as to be tried again; the others do not wait for them to have come through. */
const lookMostMs = 5_000;
const lookMostTurns = 5;
const afterLookInVain = 4;

/**
 * A window per campaign that fits what dispatch gets done: as many messages as leave for Meta in `stayMs`, or in 1.3
 * times what one takes alone. It begins with `least`, grows as long as messages come through fast, and shrinks as soon
 * as they queue up, whatever the reason. Now and then it closes to `least` for a moment, to see what one takes alone.
 */
export function flowWindows(
  clock: Pick<Clock, 'monotonicMs'>,
  { least, most }: { readonly least: number; readonly most: number },
): FlowWindows {
  const flows = new Map<string, Flow>();
  const within = (window: number): number => Math.min(most, Math.max(least, Math.ceil(window)));
  const fitting = (rate: number, aloneMs: number): number => rate * Math.max(stayMs, overAlone * aloneMs);
  const untilLook = (aloneMs: number): number => Math.max(lookAgainMs, lookAgainTurns * aloneMs);
  // What comes through comes in bursts; one short turn sees two of them, and the next none. A long one has seen them all.
  const smoothed = (before: number, now: number, tookMs: number): number =>
    before === 0 ? now : (before * turnLeastMs + now * tookMs) / (turnLeastMs + tookMs);

  function first(inFlight: number): Flow {
    const nowMs = clock.monotonicMs();
    const turn = { beganMs: nowMs, toCome: inFlight, ended: 0 };
    return { window: within(0), turn, inFlight, rate: 0, aloneMs: Infinity, lookAtMs: nowMs + lookAgainMs };
  }

  function next(before: Flow, inFlight: number, handed: number): Flow {
    const nowMs = clock.monotonicMs();
    const { beganMs, toCome } = before.turn;
    const ended = before.turn.ended + Math.max(0, before.inFlight + handed - inFlight);
    const tookMs = nowMs - beganMs;
    const isOver = ended >= Math.max(1, toCome) && tookMs >= turnLeastMs;
    const turn = isOver ? { beganMs: nowMs, toCome: inFlight, ended: 0 } : { ...before.turn, ended };
    const now = { ...before, turn, inFlight };
    // What was on its way before has to come through first.
    const isAlone = isOver && toCome <= least;
    if (before.lookingSinceMs !== undefined) {
      const inVain = nowMs - before.lookingSinceMs > Math.max(lookMostMs, lookMostTurns * before.aloneMs);
      if (isAlone) return opened({ ...now, aloneMs: tookMs }, nowMs, 1);
      return inVain ? opened(now, nowMs, afterLookInVain) : now;
    }
    if (!isOver) return now;
    const rate = smoothed(before.rate, ended / tookMs, tookMs);
    const aloneMs = isAlone ? tookMs : Math.min(before.aloneMs, tookMs);
    const lookAtMs = isAlone ? nowMs + untilLook(aloneMs) : before.lookAtMs;
    const seen = { ...now, rate, aloneMs, lookAtMs };
    if (nowMs > lookAtMs) return { ...seen, window: within(0), lookingSinceMs: nowMs };
    return { ...seen, window: within(Math.min(fitting(rate, aloneMs), before.window * growth)) };
  }

  /** After a look; the first turn is that of the window that opens now, not that of the few. */
  function opened(flow: Flow, nowMs: number, rest: number): Flow {
    const window = within(fitting(flow.rate, flow.aloneMs));
    const turn = { beganMs: nowMs, toCome: window, ended: 0 };
    return { ...flow, window, turn, lookAtMs: nowMs + rest * untilLook(flow.aloneMs), lookingSinceMs: undefined };
  }

  return {
    of: (campaignId) => flows.get(campaignId)?.window ?? within(least),
    told(campaignId, { inFlight, handed }) {
      const before = flows.get(campaignId);
      flows.set(campaignId, before === undefined ? first(inFlight) : next(before, inFlight, handed));
    },
    forget: (campaignId) => void flows.delete(campaignId),
  };
}
