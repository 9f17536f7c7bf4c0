import { Purpose } from '@postrider/event-contracts';
import { z } from 'zod';

/** At most so many messages to one contact in a rolling time. */
export const Cap = z.strictObject({
  messages: z.number().int().positive().max(10_000),
  every: z.number().int().positive().max(365).default(1),
  unit: z.enum(['hour', 'day', 'week', 'month']),
  /** Counts messages of this purpose only. */
  purpose: Purpose.optional(),
  then: z.enum(['hold', 'refuse']).default('hold'),
});
export const Caps = z.array(Cap).max(20);
