import { z } from 'zod';
import { limits } from '../limits';
import { nonEmpty, text } from '../shape';
import { TemplateMessage } from './template-message';

/** The body of `POST /{phone number id}/marketing_messages`: a template of category MARKETING, never anything else. */
export const MarketingMessage = z
  .strictObject({
    messaging_product: z.literal('whatsapp'),
    recipient_type: z.literal('individual').optional(),
    to: nonEmpty.max(200).optional(),
    recipient: nonEmpty.max(200).optional(),
    type: z.literal('template'),
    template: TemplateMessage,
    biz_opaque_callback_data: text(limits.callbackData).optional(),
    product_policy: z.enum(['CLOUD_API_FALLBACK', 'STRICT']).optional(),
    message_activity_sharing: z.boolean().optional(),
  })
  .refine((message) => message.to !== undefined || message.recipient !== undefined, {
    path: ['to'],
    message: 'needs a recipient: to (phone) or recipient (user id)',
  });
export type MarketingMessage = z.infer<typeof MarketingMessage>;
