const hourMs = 3_600_000;
const minuteMs = 60_000;
/** Offsets are kept per zone and hour; past this many hours a zone's are forgotten and read anew. */
const keptHoursMax = 20_000;

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** Minutes by hour since 1970; NaN where the offset changes within the hour. */
  readonly offsets: Map<number, number>;
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

/**
 * Minutes that clocks in a zone are ahead of UTC at an instant (milliseconds since 1970). What was asked of the run time
 * once is kept: it is the same at any later time.
 */
export function offsetMinutes(timeZone: string, atMs: number): number {
  const known = zone(timeZone);
  const hour = Math.floor(atMs / hourMs);
  let offset = known.offsets.get(hour);
  if (offset === undefined) {
    const first = readOffset(known.format, hour * hourMs);
    offset = first === readOffset(known.format, hour * hourMs + hourMs - 1) ? first : Number.NaN;
    if (known.offsets.size >= keptHoursMax) known.offsets.clear();
    known.offsets.set(hour, offset);
  }
  return Number.isNaN(offset) ? readOffset(known.format, atMs) : offset;
}

/**
 * The first instant after `fromMs` and not after `toMs` at which the clocks of a zone are changed; undefined where they
 * are not. Changes come at whole minutes, and at most one within the time asked about matters: the first.
 */
export function firstClockChange(timeZone: string, fromMs: number, toMs: number): number | undefined {
  const offset = offsetMinutes(timeZone, fromMs);
  for (let hour = Math.floor(fromMs / hourMs); hour * hourMs <= toMs; hour++) {
    const end = Math.min((hour + 1) * hourMs, toMs);
    if (offsetMinutes(timeZone, end) === offset) continue;
    let same = Math.max(fromMs, hour * hourMs);
    let changed = end;
    while (changed - same > 1) {
      const middle = Math.floor((same + changed) / 2);
      if (offsetMinutes(timeZone, middle) === offset) same = middle;
      else changed = middle;
    }
    return changed;
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
    known = { format, offsets: new Map() };
    zones.set(name, known);
  }
  return known;
}

function readOffset(format: Intl.DateTimeFormat, atMs: number): number {
  const shown: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(atMs)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  const wallMs = Date.UTC(year, month - 1, day, hour, minute, second);
  return Math.round((wallMs - atMs) / minuteMs);
}
