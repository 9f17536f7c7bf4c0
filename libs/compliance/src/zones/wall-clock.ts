const dayMs = 86_400_000;
const minuteMs = 60_000;

/** A time in which a zone's clocks are not changed; the end is outside. */
interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  readonly offset: number;
}

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** In order, by year in UTC. */
  readonly years: Map<number, readonly Stretch[]>;
  last: Stretch | undefined;
}

const zones = new Map<string, Zone>();

/** Whether this is a time zone of the IANA database that the run time knows. */
export function isTimeZone(name: string): boolean {
  try {
    return zone(name).format !== undefined;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Minutes that clocks in a zone are ahead of UTC at an instant (milliseconds since 1970). */
export const offsetMinutes = (timeZone: string, atMs: number): number => stretchAt(zone(timeZone), atMs).offset;

/**
 * The first instant after `fromMs` and not after `toMs` at which the clocks of a zone are changed; undefined where they
 * are not.
 */
export function firstClockChange(timeZone: string, fromMs: number, toMs: number): number | undefined {
  const known = zone(timeZone);
  let stretch = stretchAt(known, fromMs);
  const { offset } = stretch;
  while (stretch.toMs <= toMs) {
    const next = stretchAt(known, stretch.toMs);
    if (next.offset !== offset) return next.fromMs;
    stretch = next;
  }
  return undefined;
}

/** What a clock on the wall shows: days since 1970-01-01 and the minute of that day, by whole minutes. */
export interface WallClock {
  readonly day: number;
  readonly minute: number;
}

export function wallClock(timeZone: string, atMs: number): WallClock {
  const minutes = Math.floor(atMs / minuteMs) + offsetMinutes(timeZone, atMs);
  const day = Math.floor(minutes / 1_440);
  return { day, minute: minutes - day * 1_440 };
}

function zone(name: string): Zone {
  let known = zones.get(name);
  if (known === undefined) {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    known = { format, years: new Map(), last: undefined };
    zones.set(name, known);
  }
  return known;
}

/** What was asked of the run time once is kept: it is the same at any later time. */
function stretchAt(known: Zone, atMs: number): Stretch {
  const { last } = known;
  if (last !== undefined && atMs >= last.fromMs && atMs < last.toMs) return last;
  const year = new Date(atMs).getUTCFullYear();
  let stretches = known.years.get(year);
  if (stretches === undefined) {
    stretches = stretchesOf(known.format, Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1));
    known.years.set(year, stretches);
  }
  known.last = stretches.find(({ toMs }) => atMs < toMs)!;
  return known.last;
}

/** Looks a day apart: no zone changes its clocks there and back within one. */
function stretchesOf(format: Intl.DateTimeFormat, fromMs: number, toMs: number): Stretch[] {
  const stretches: Stretch[] = [];
  let start = fromMs;
  let offset = readOffset(format, fromMs);
  for (let day = fromMs; day < toMs; day += dayMs) {
    // Not beyond the last instant, as a change at the turn of the year is the next year's.
    const end = Math.min(day + dayMs, toMs - 1);
    if (readOffset(format, end) === offset) continue;
    let same = day;
    let changed = end;
    while (changed - same > 1) {
      const middle = Math.floor((same + changed) / 2);
      if (readOffset(format, middle) === offset) same = middle;
      else changed = middle;
    }
    stretches.push({ fromMs: start, toMs: changed, offset });
    start = changed;
    offset = readOffset(format, changed);
  }
  return [...stretches, { fromMs: start, toMs, offset }];
}

function readOffset(format: Intl.DateTimeFormat, atMs: number): number {
  const shown: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(atMs)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  const wallMs = Date.UTC(year, month - 1, day, hour, minute, second);
  return Math.round((wallMs - atMs) / minuteMs);
}
