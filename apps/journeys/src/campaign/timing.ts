import type { CampaignDesign } from '@postrider/event-contracts';
import { refuse, type Refusal } from '@postrider/decider';
import { Cron } from 'croner';
import { DateTime, IANAZone } from 'luxon';

/** A start this much in the past still counts as now: clocks differ, and requests take their time. */
const graceMs = 60_000;

/** The instant of a start: `now`, an instant with its offset, or a local minute in a named zone. */
export function startInstant(
  startAt: string | undefined,
  timeZone: string | undefined,
  now: Date,
): Date | Refusal<'malformed'> {
  if (startAt === undefined || startAt === 'now') return now;
  const withOffset = /(?:Z|[+-]\d{2}:?\d{2})$/.test(startAt);
  if (!withOffset && timeZone === undefined) {
    return refuse('malformed', 'startAt: give an offset, or the timeZone that the minute is meant in');
  }
  if (timeZone !== undefined && !isZone(timeZone)) return refuse('malformed', 'timeZone: not an IANA time zone');
  const zone = withOffset ? 'utc' : timeZone!;
  const start = DateTime.fromISO(startAt, { zone });
  if (!start.isValid) return refuse('malformed', 'startAt: not a date and time in ISO 8601');
  if (!withOffset && !start.toISO({ includeOffset: false })!.startsWith(startAt.slice(0, 16))) {
    return refuse('malformed', `startAt: there is no such minute in ${zone}, as its clocks are put forward over it`);
  }
  if (start.toMillis() < now.getTime() - graceMs) return refuse('malformed', 'startAt: is in the past');
  return new Date(Math.max(start.toMillis(), now.getTime()));
}

export const isZone = (zone: string): boolean => IANAZone.isValidZone(zone);

/** When the next occurrence begins; undefined after the last. `done` occurrences have been. */
export function nextOccurrence(
  { recurrence, timeZone }: Pick<CampaignDesign, 'recurrence' | 'timeZone'>,
  done: number,
  after: Date,
): Date | undefined {
  if (recurrence === undefined || done >= (recurrence.occurrencesMax ?? Infinity)) return undefined;
  const next = new Cron(recurrence.cron, { timezone: timeZone ?? 'UTC', paused: true, mode: '5-part' }).nextRun(after);
  if (next === null) return undefined;
  return recurrence.until !== undefined && next.getTime() > Date.parse(recurrence.until) ? undefined : next;
}

/** Why a recurrence cannot be kept; undefined where it can. */
export function cronProblem(cron: string): string | undefined {
  try {
    new Cron(cron, { paused: true, mode: '5-part' });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
