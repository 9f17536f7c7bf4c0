import { z } from 'zod';
import { seconds, some, WireError, wireId } from './wire';

/** What became of a message. Statuses come in any order and more than once; `delivered` may be missing before `read`. */
export const MessageStatus = z.looseObject({
  id: z.string().min(1),
  /** sent, delivered, read, played, failed; `deleted` and `warning` were seen in the past. */
  status: z.string().min(1),
  timestamp: seconds,
  recipient_id: wireId.optional(),
  recipient_user_id: some,
  recipient_parent_user_id: some,
  recipient_type: some,
  recipient_participant_id: wireId.optional(),
  recipient_participant_user_id: some,
  biz_opaque_callback_data: some,
  template_id: wireId.optional(),
  conversation: z
    .looseObject({
      id: some,
      expiration_timestamp: seconds.optional(),
      origin: z.looseObject({ type: some }).optional(),
    })
    .optional(),
  pricing: z
    .looseObject({ billable: z.boolean().optional(), pricing_model: some, type: some, category: some })
    .optional(),
  errors: z.array(WireError).optional(),
});
export type MessageStatus = z.infer<typeof MessageStatus>;
