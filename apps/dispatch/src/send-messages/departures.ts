/** All times are milliseconds of a clock that never goes back. */

/**
 * Holds what leaves to a limit in every window of a second, wherever it begins. A message counts from when it is
 * claimed, and from its real departure on in the window: whatever it waits for in between, the limit holds.
 */
export interface Departures {
  /** How many more may be claimed that could leave by then. */
  room(byMs: number): number;
  /** 0 where one that was claimed may go now; else how long to wait, without an end while it hangs on those on their way. */
  waitMs(nowMs: number): number;
  claim(): Departure;
  setLimit(perSecond: number): void;
}

/** One message that was claimed. */
export interface Departure {
  /** On its way: it may leave at any moment now. */
  letGo(): void;
  left(nowMs: number): void;
  /** It has left, or never will. Once is enough; more does no harm. */
  end(): void;
}

/** A little longer than a second, for what clocks and the network do to the gaps. */
export const departureWindowMs = 1_005;

/** So many in so long. Rates that are no whole number are kept by gaps while they are small. */
function windowOf(perSecond: number): { count: number; ms: number } {
  if (perSecond >= 50 || Number.isInteger(perSecond)) return { count: Math.floor(perSecond), ms: departureWindowMs };
  return { count: 1, ms: departureWindowMs / perSecond };
}

/** `fullSinceMs`: as many as may have left then, for all that is known, because another held the scope before. */
export function departures(perSecond: number, fullSinceMs?: number): Departures {
  let window = windowOf(perSecond);
  let claimed = 0;
  let onTheWay = 0;
  // In order; those before `head` have left the window.
  let times: number[] = fullSinceMs === undefined ? [] : Array.from({ length: window.count }, () => fullSinceMs);
  let head = 0;

  function forget(now: number): void {
    while (head < times.length && times[head]! + window.ms <= now) head++;
    if (head < 10_000) return;
    times = times.slice(head);
    head = 0;
  }

  /** Of those that left, how many still count at a time to come. */
  function within(atMs: number): number {
    let from = head;
    while (from < times.length && times[from]! + window.ms <= atMs) from++;
    return times.length - from;
  }

  return {
    room: (by) => Math.max(0, window.count - within(by) - onTheWay - claimed),
    waitMs(now) {
      forget(now);
      const over = times.length - head + onTheWay - window.count;
      if (over < 0) return 0;
      const decisive = times[head + over];
      return decisive === undefined ? Infinity : decisive + window.ms - now;
    },
    claim() {
      let stage: 'claimed' | 'on its way' | 'over' = 'claimed';
      claimed++;
      const leave = (next: 'on its way' | 'over'): void => {
        if (stage === 'claimed') claimed--;
        if (stage === 'on its way') onTheWay--;
        stage = next;
      };
      return {
        letGo() {
          if (stage !== 'claimed') return;
          leave('on its way');
          onTheWay++;
        },
        left(now) {
          if (stage === 'over') return;
          leave('over');
          times.push(now);
        },
        end: () => leave('over'),
      };
    },
    setLimit(next) {
      window = windowOf(next);
    },
  };
}

/** One message that several limits count. */
export function claimAll(limits: readonly Departures[]): Departure {
  const claims = limits.map((limit) => limit.claim());
  return {
    letGo: () => claims.forEach((claim) => claim.letGo()),
    left: (nowMs) => claims.forEach((claim) => claim.left(nowMs)),
    end: () => claims.forEach((claim) => claim.end()),
  };
}
