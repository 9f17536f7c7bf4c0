import { Purpose } from '@postrider/event-contracts';
import { z } from 'zod';

const hourMs = 3_600_000;
const unitMs = { hour: hourMs, day: 24 * hourMs, week: 168 * hourMs, month: 720 * hourMs } as const;

/** How long a message counts, in milliseconds. */
export const capWindowMs = ({ every, unit }: { readonly every: number; readonly unit: keyof typeof unitMs }): number =>
  every * unitMs[unit];

/** What was sent longer ago is counted by no cap. */
export const capWindowMaxMs = 3 * unitMs.month;

/** At most so many messages to one contact in a moving time. A month is thirty days. */
export const Cap = z
  .strictObject({
    messages: z.number().int().positive().max(10_000),
    every: z.number().int().positive().max(2_160).default(1),
    unit: z.enum(['hour', 'day', 'week', 'month']),
    /** Counts and concerns messages of this purpose only. */
    purpose: Purpose.optional(),
    then: z.enum(['hold', 'refuse']).default('hold'),
  })
  .refine((cap) => capWindowMs(cap) <= capWindowMaxMs, { path: ['every'], message: 'at most three months' });
export type Cap = z.infer<typeof Cap>;

/** Of a channel, over what goes through it. */
export const Caps = z.array(Cap).max(20);
export type Caps = z.infer<typeof Caps>;

/** Of a workspace, over all its channels. */
export const CapsPolicy = z.strictObject({ caps: Caps });
export type CapsPolicy = z.infer<typeof CapsPolicy>;
