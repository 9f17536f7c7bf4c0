import { z } from 'zod';

const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as "21:00"');

/** An IANA zone, or the recipient's own where it is known. */
export const TimeZone = z
  .string()
  .refine((zone) => zone === 'recipient' || isZone(zone), 'an IANA time zone such as "Europe/Berlin", or "recipient"');

/**
 * When nothing is sent. A weekly period whose end is not after its start runs into the next day; a dated one covers the
 * whole day unless it says otherwise.
 */
export const QuietHours = z
  .strictObject({
    timeZone: TimeZone,
    /** Where the recipient's zone is not known. */
    fallbackTimeZone: TimeZone.refine((zone) => zone !== 'recipient', 'must be a zone of its own').optional(),
    weekly: z
      .array(z.strictObject({ days: z.array(z.enum(days)).min(1).max(7), from: TimeOfDay, to: TimeOfDay }))
      .max(20)
      .default([]),
    dates: z
      .array(z.strictObject({ date: z.iso.date(), from: TimeOfDay.optional(), to: TimeOfDay.optional() }))
      .max(200)
      .default([]),
    /** What becomes of a message in that time: it waits, or is refused. */
    then: z.enum(['hold', 'refuse']).default('hold'),
  })
  .refine(({ timeZone, fallbackTimeZone }) => timeZone !== 'recipient' || fallbackTimeZone !== undefined, {
    path: ['fallbackTimeZone'],
    message: 'name the zone for recipients whose own is not known',
  });

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
