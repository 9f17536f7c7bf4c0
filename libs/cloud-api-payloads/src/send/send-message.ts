import { z } from 'zod';
import { limits } from '../limits';
import { parseWith, type Parsed } from '../problems';
import { nonEmpty, text, textOrNothing } from '../shape';
import { ContactCards } from './contact-card';
import { Interactive } from './interactive';
import { Location } from './location';
import { Audio, Document, Image, Sticker, Video } from './media';
import { TemplateMessage } from './template-message';

const messageId = nonEmpty.max(1000);

/** One emoji, or nothing to take the reaction back. Length alone is checked: the set of emoji grows every year. */
const emoji = textOrNothing(20);

/** What a message says, by its type; also the part of the payload that callers of Postrider give. */
export const contents = {
  text: z.strictObject({ body: text(limits.textBody), preview_url: z.boolean().optional() }),
  image: Image,
  audio: Audio,
  video: Video,
  document: Document,
  sticker: Sticker,
  location: Location,
  contacts: ContactCards,
  reaction: z.strictObject({ message_id: messageId, emoji }),
  template: TemplateMessage,
  interactive: Interactive,
};
export type ContentType = keyof typeof contents;

const envelope = {
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.enum(['individual', 'group']).optional(),
  /** A phone number (E.164) or a group's id. */
  to: nonEmpty.max(200).optional(),
  /** A business-scoped user id; `to` wins where both are given. */
  recipient: nonEmpty.max(200).optional(),
  context: z.strictObject({ message_id: messageId }).optional(),
  biz_opaque_callback_data: text(limits.callbackData).optional(),
  recipient_identity_key_hash: nonEmpty.max(200).optional(),
  category: z.enum(['utility', 'authentication']).optional(),
  direct_send_config: z
    .strictObject({
      template_name: z
        .string()
        .max(limits.template.name)
        .regex(/^[a-z0-9_]+$/),
    })
    .optional(),
  ttl_seconds: z.int().min(limits.ttlSeconds.utility.min).max(limits.ttlSeconds.utility.max).optional(),
};
const typed = <T extends ContentType>(type: T) =>
  z.strictObject({ ...envelope, type: z.literal(type), [type]: contents[type] } as typeof envelope & {
    type: z.ZodLiteral<T>;
  } & { [K in T]: (typeof contents)[K] });

/** Old clients leave `type` out, and Meta then takes the message for text. */
const textMessage = z.strictObject({
  ...envelope,
  type: z
    .literal('text')
    .optional()
    .transform(() => 'text' as const),
  text: contents.text,
});

/** The body of `POST /{phone number id}/messages` that sends a message. */
export const SendMessage = z
  .discriminatedUnion('type', [
    textMessage,
    typed('image'),
    typed('audio'),
    typed('video'),
    typed('document'),
    typed('sticker'),
    typed('location'),
    typed('contacts'),
    typed('reaction'),
    typed('template'),
    typed('interactive'),
  ])
  .refine((message) => message.to !== undefined || message.recipient !== undefined, {
    path: ['to'],
    message: 'needs a recipient: to (phone or group) or recipient (user id)',
  });
export type SendMessage = z.infer<typeof SendMessage>;

/** Parses a send payload: the message, or every problem with its path and the limit it breaks. */
export const parseSendMessage = (input: unknown): Parsed<SendMessage> => parseWith(SendMessage, input);
