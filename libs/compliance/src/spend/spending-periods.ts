import { firstClockChange, offsetMinutes, wallClock } from '../zones/wall-clock';

const dayMs = 86_400_000;

/** The day and the month, by a zone's clocks, that an instant lies in. `day` is as in 2026-03-10, `month` as in 2026-03. */
export interface SpendingPeriods {
  readonly day: string;
  readonly month: string;
  readonly dayStartsAt: Date;
  readonly dayEndsAt: Date;
  readonly monthStartsAt: Date;
  readonly monthEndsAt: Date;
}

/** Which day and month something spent at this instant counts to. */
export function spendingPeriods(timeZone: string, at: Date): SpendingPeriods {
  const { day } = wallClock(timeZone, at.getTime());
  const date = new Date(day * dayMs);
  const nextMonth = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / dayMs;
  const text = date.toISOString().slice(0, 10);
  return {
    day: text,
    month: text.slice(0, 7),
    dayStartsAt: midnight(timeZone, day),
    dayEndsAt: midnight(timeZone, day + 1),
    monthStartsAt: midnight(timeZone, Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / dayMs),
    monthEndsAt: midnight(timeZone, nextMonth),
  };
}

/** The first instant of a day; where midnight is skipped, the change of the clocks that skips it. */
function midnight(timeZone: string, day: number): Date {
  const byUtc = day * dayMs;
  const before = byUtc - offsetMinutes(timeZone, byUtc - dayMs) * 60_000;
  const after = byUtc - offsetMinutes(timeZone, byUtc + dayMs) * 60_000;
  if (before === after) return new Date(before);
  for (const candidate of [Math.min(before, after), Math.max(before, after)]) {
    const wall = wallClock(timeZone, candidate);
    if (wall.day === day && wall.minute === 0) return new Date(candidate);
  }
  return new Date(firstClockChange(timeZone, byUtc - dayMs, byUtc + dayMs) ?? before);
}
