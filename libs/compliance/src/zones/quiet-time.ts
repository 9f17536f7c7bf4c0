import { minuteOfDay, weekdays, type QuietHours } from '../policies/quiet-hours';
import { firstClockChange, wallClock } from './wall-clock';

const minuteMs = 60_000;
const dayMinutes = 1_440;
const dayMs = dayMinutes * minuteMs;
/** 1970-01-01 was a Thursday. */
const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** The part of quiet hours that says when. */
export type QuietPeriods = Pick<QuietHours, 'weekly' | 'dates'>;

/** One quiet clock: periods, and the zones whose clocks they go by. It is quiet while it is quiet in any of them. */
export interface QuietClock {
  readonly zones: readonly string[];
  readonly periods: QuietPeriods;
}

/** In minutes of the day; `to` is over a day where the period runs into the next. */
interface Span {
  readonly from: number;
  readonly to: number;
}
interface Compiled {
  readonly byWeekday: readonly (readonly Span[])[];
  readonly byDay: ReadonlyMap<number, readonly Span[]>;
}

const compiled = new WeakMap<QuietPeriods, Compiled>();

/** Weekly periods leave time in every week; with dated ones it may be far off. */
const horizonDays = (clocks: readonly QuietClock[]): number =>
  clocks.some(({ periods }) => periods.dates.length > 0) ? 400 : 9;

/**
 * When it stops being quiet by all clocks at once: the first instant not before `atMs`. It is `atMs` itself where it is
 * not quiet, and undefined where no such time is in sight, as where long hours meet a country of many zones.
 */
export function quietUntil(clocks: readonly QuietClock[], atMs: number): number | undefined {
  const horizon = atMs + horizonDays(clocks) * dayMs;
  let at = atMs;
  for (;;) {
    const next = quietFor(clocks, at);
    if (next === undefined) return at;
    if (next > horizon) return undefined;
    at = next;
  }
}

/** Whether it is quiet by any of the clocks. */
export const isQuiet = (clocks: readonly QuietClock[], atMs: number): boolean =>
  clocks.some(({ zones, periods }) =>
    zones.some((zone) => {
      const { day, minute } = wallClock(zone, atMs);
      return minutesLeft(periods, day, minute) > 0;
    }),
  );

/**
 * Until when it surely stays quiet: the latest end of a period of this instant, each looked at only up to the next change
 * of its clocks. Undefined where it is not quiet.
 */
function quietFor(clocks: readonly QuietClock[], atMs: number): number | undefined {
  let latest: number | undefined;
  for (const { zones, periods } of clocks) {
    for (const zone of zones) {
      const { day, minute } = wallClock(zone, atMs);
      const left = minutesLeft(periods, day, minute);
      if (left === 0) continue;
      const end = (Math.floor(atMs / minuteMs) + left) * minuteMs;
      if (latest !== undefined && end <= latest) continue;
      const sure = firstClockChange(zone, atMs, end) ?? end;
      latest = latest === undefined ? sure : Math.max(latest, sure);
    }
  }
  return latest;
}

/** Minutes until the wall clock shows the end of the period it is in; 0 outside all. */
function minutesLeft(periods: QuietPeriods, day: number, minute: number): number {
  const { byWeekday, byDay } = compile(periods);
  return Math.max(
    longest(byWeekday[weekdayOf(day)], minute),
    longest(byWeekday[weekdayOf(day - 1)], minute + dayMinutes),
    longest(byDay.get(day), minute),
    longest(byDay.get(day - 1), minute + dayMinutes),
  );
}

function longest(spans: readonly Span[] = [], minute: number): number {
  let left = 0;
  for (const { from, to } of spans) if (minute >= from && minute < to) left = Math.max(left, to - minute);
  return left;
}

function compile(periods: QuietPeriods): Compiled {
  let known = compiled.get(periods);
  if (known === undefined) {
    const byDay = new Map<number, Span[]>();
    for (const { date, from, to } of periods.dates) {
      const day = Date.parse(date) / dayMs;
      byDay.set(day, [...(byDay.get(day) ?? []), spanOf(from ?? '00:00', to)]);
    }
    const byWeekday = weekdays.map((weekday) =>
      periods.weekly.filter(({ days }) => days.includes(weekday)).map(({ from, to }) => spanOf(from, to)),
    );
    known = { byWeekday, byDay };
    compiled.set(periods, known);
  }
  return known;
}

function spanOf(from: string, to: string | undefined): Span {
  const start = minuteOfDay(from);
  if (to === undefined) return { from: start, to: dayMinutes };
  const end = minuteOfDay(to);
  return { from: start, to: end > start ? end : end + dayMinutes };
}
