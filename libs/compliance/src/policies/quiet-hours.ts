import { Purpose } from '@postrider/event-contracts';
import { z } from 'zod';
import { isTimeZone } from '../zones/wall-clock';

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as "21:00"');

/** The recipient's own zone: where it is known, else the strictest of their country's. */
export const recipientsZone = 'recipient';

const Zone = z.string().max(64).refine(isTimeZone, 'an IANA time zone such as "Europe/Berlin"');

const settings = {
  /** An IANA zone, or the recipient's own. */
  timeZone: z
    .string()
    .max(64)
    .refine((zone) => zone === recipientsZone || isTimeZone(zone), 'an IANA time zone, or "recipient"')
    .default(recipientsZone),
  /** For recipients of whom neither zone nor country is known; UTC where it is left out. */
  fallbackTimeZone: Zone.optional(),
  /** By the clock on the wall. A period whose end is not after its start runs into the next day. */
  weekly: z
    .array(z.strictObject({ days: z.array(z.enum(weekdays)).min(1).max(7), from: TimeOfDay, to: TimeOfDay }))
    .max(20)
    .default([]),
  /** The whole day, or from or to a time of it. */
  dates: z
    .array(z.strictObject({ date: z.iso.date(), from: TimeOfDay.optional(), to: TimeOfDay.optional() }))
    .max(200)
    .default([]),
  /** What becomes of a message in that time: it waits until the end, or is refused. */
  then: z.enum(['hold', 'refuse']).default('hold'),
};

const leavesTime = {
  check: ({ weekly }: { readonly weekly: z.infer<typeof settings.weekly> }) => !fillsTheWeek(weekly),
  says: { path: ['weekly'], message: 'leaves no time of the week to send in' },
};

/** Of a channel: when nothing is sent through it. */
export const QuietHours = z.strictObject(settings).refine(leavesTime.check, leavesTime.says);
export type QuietHours = z.infer<typeof QuietHours>;

/** Of a workspace: when nothing with one of these purposes is sent. */
export const QuietHoursPolicy = z
  .strictObject({ ...settings, purposes: z.array(Purpose).min(1).default(['marketing']) })
  .refine(leavesTime.check, leavesTime.says);
export type QuietHoursPolicy = z.infer<typeof QuietHoursPolicy>;

/** Minutes since midnight of a time such as "21:30". */
export const minuteOfDay = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

function fillsTheWeek(weekly: z.infer<typeof settings.weekly>): boolean {
  const week = 7 * 1_440;
  const spans = weekly.flatMap(({ days, from, to }) =>
    days.map((day) => {
      const start = weekdays.indexOf(day) * 1_440 + minuteOfDay(from);
      const minutes = minuteOfDay(to) - minuteOfDay(from);
      return { start, end: start + (minutes > 0 ? minutes : minutes + 1_440) };
    }),
  );
  const twice = [...spans, ...spans.map(({ start, end }) => ({ start: start - week, end: end - week }))];
  let covered = 0;
  for (const { start, end } of twice.sort((a, b) => a.start - b.start)) {
    if (start > covered) return false;
    covered = Math.max(covered, end);
  }
  return covered >= week;
}
