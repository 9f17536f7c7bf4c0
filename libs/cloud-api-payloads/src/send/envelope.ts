import { z } from 'zod';
import { limits } from '../limits';
import { nonEmpty, text } from '../shape';

export const messageId = nonEmpty.max(1000);

/** What every send has round its content. */
export const envelope = {
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.enum(['individual', 'group']).optional(),
  /** A phone number (E.164) or a group's id. */
  to: nonEmpty.max(200).optional(),
  /** A business-scoped user id; `to` wins where both are given. */
  recipient: nonEmpty.max(200).optional(),
  context: z.strictObject({ message_id: messageId }).optional(),
  biz_opaque_callback_data: text(limits.callbackData).optional(),
  recipient_identity_key_hash: nonEmpty.max(200).optional(),
};
