import { quietUntil, type QuietClock } from '@postrider/compliance';

/** People who can be written to at the same times. */
export interface Group {
  readonly people: number;
  /** Not before: what a cap or a budget says. In milliseconds. */
  readonly from: number;
  /** By whose clocks it is quiet for them. */
  readonly quiet: readonly QuietClock[];
}

export interface Pace {
  readonly ratePerSecond: number;
  /** People that the portfolio may still write to: now, and how many more after a day, as those before stop counting. */
  readonly portfolio?: { readonly limit: number; readonly used: number } | undefined;
}

export interface Foreseen {
  /** Undefined where no end is in sight. */
  readonly endsAt: number | undefined;
  /** How long nothing goes out because it is quiet, because a cap says wait, or because the portfolio's limit is reached. */
  readonly standsStillMs: number;
}

/** Caps end at any second; a forecast need not know it as closely. */
export const roundMs = 15 * 60_000;
/** Quiet hours begin and end at full minutes; this is close enough for a forecast. */
const stepMs = 5 * 60_000;
const dayMs = 86_400_000;
const stepsMax = 20_000;

interface Sent {
  readonly at: number;
  readonly people: number;
}

/**
 * When the last of these people has been written to, if all goes at the pace given: walked through in steps of minutes, or
 * at once over any time in which nothing changes. What others send meanwhile is not foreseen.
 */
export function foresee(groups: readonly Group[], pace: Pace, startsAt: number): Foreseen {
  const left = groups.map((group) => ({ ...group }));
  let room = pace.portfolio === undefined ? Infinity : Math.max(0, pace.portfolio.limit - pace.portfolio.used);
  const counting: Sent[] = pace.portfolio ? [{ at: startsAt, people: pace.portfolio.used }] : [];
  let [now, standsStillMs] = [startsAt, 0];
  for (let step = 0; step < stepsMax; step += 1) {
    while (counting.length > 0 && counting[0]!.at + dayMs <= now) room += counting.shift()!.people;
    const waiting = left.filter(({ people }) => people > 0);
    if (waiting.length === 0) return { endsAt: now, standsStillMs };
    const opens = opening(now);
    const open = waiting.filter((group) => opens(group) === now);
    const steady = open.every(({ quiet }) => quiet.length === 0);
    const going = steady ? sum(open) : (pace.ratePerSecond * stepMs) / 1000;
    const people = Math.min(sum(open), room, going);
    if (people > 0) {
      take(open, people);
      now += (people / pace.ratePerSecond) * 1000;
      room -= people;
      if (pace.portfolio) counting.push({ at: now, people });
      continue;
    }
    const next = Math.min(
      ...(open.length > 0 ? counting.map(({ at }) => at + dayMs) : []),
      ...waiting.filter((group) => !open.includes(group)).map((group) => opens(group) ?? Infinity),
    );
    if (!Number.isFinite(next)) return { endsAt: undefined, standsStillMs };
    standsStillMs += next - now;
    now = next;
  }
  return { endsAt: undefined, standsStillMs };
}

const sum = (groups: readonly Pick<Group, 'people'>[]): number => groups.reduce((all, { people }) => all + people, 0);

/** Each gives its share, so that no zone goes first. */
function take(open: { people: number }[], people: number): void {
  const share = people / sum(open);
  for (const group of open) {
    group.people -= group.people * share;
    // What is left of dividing is nobody.
    if (group.people < 1e-6) group.people = 0;
  }
}

/** When a group can be written to next; asked once for all that share their clocks. */
function opening(now: number): (group: Group) => number | undefined {
  const known = new Map<readonly QuietClock[], number | undefined>();
  return ({ quiet, from }) => {
    if (from > now) return quietUntil(quiet, from);
    if (quiet.length === 0) return now;
    if (!known.has(quiet)) known.set(quiet, quietUntil(quiet, now));
    return known.get(quiet);
  };
}
