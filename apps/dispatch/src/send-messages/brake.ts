/** Slows a sender down when Meta says so, and stops it for a moment when Meta cannot be reached. */
export interface Brake {
  /** Meta said that the number's rate is used up. */
  throttled(nowMs: number): void;
  /** A request did not reach Meta. */
  unreachable(nowMs: number): void;
  /** A request reached Meta. */
  reached(): void;
  /** The share of the rate to send at. */
  share(nowMs: number): number;
  /** How long not to send at all. */
  standstillMs(nowMs: number): number;
}

const lowestShare = 0.05;
const slowdown = 0.7;
/** One answer of many that were under way together counts. */
const slowdownEveryMs = 1_000;
const recoveryPerSecond = 0.05;
const firstStandstillMs = 250;
const longestStandstillMs = 30_000;

export function brake(): Brake {
  let share = 1;
  let slowedAtMs = Number.NEGATIVE_INFINITY;
  let inVain = 0;
  let standsUntilMs = Number.NEGATIVE_INFINITY;
  const shareAt = (now: number): number =>
    Math.min(1, share + (Math.max(0, now - slowedAtMs) / 1000) * recoveryPerSecond);
  return {
    throttled(now) {
      if (now - slowedAtMs < slowdownEveryMs) return;
      share = Math.max(lowestShare, shareAt(now) * slowdown);
      slowedAtMs = now;
    },
    unreachable(now) {
      if (now < standsUntilMs) return;
      standsUntilMs = now + Math.min(longestStandstillMs, firstStandstillMs * 2 ** inVain++);
    },
    reached() {
      inVain = 0;
    },
    share: shareAt,
    standstillMs: (now) => Math.max(0, standsUntilMs - now),
  };
}
