import { z } from 'zod';
import { nonEmpty } from '../shape';

/** Marks a received message, and those before it, as read; may show "typing…" for up to 25 seconds. */
export const MarkAsRead = z.strictObject({
  messaging_product: z.literal('whatsapp'),
  status: z.literal('read'),
  message_id: nonEmpty.max(1000),
  typing_indicator: z.strictObject({ type: z.literal('text') }).optional(),
  recipient_type: z.enum(['individual', 'group']).optional(),
});
export type MarkAsRead = z.infer<typeof MarkAsRead>;
