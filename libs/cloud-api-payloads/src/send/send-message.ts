import { z } from 'zod';
import { limits } from '../limits';
import { parseWith, type Parsed } from '../problems';
import { text, textOrNothing } from '../shape';
import { ContactCards } from './contact-card';
import { DirectSendMessage } from './direct-send';
import { envelope, messageId } from './envelope';
import { Interactive } from './interactive';
import { Location } from './location';
import { Audio, Document, Image, Sticker, Video } from './media';
import { TemplateMessage } from './template-message';

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

const isDirect = (input: unknown): boolean =>
  typeof input === 'object' &&
  input !== null &&
  ['category', 'direct_send_config'].some((key) => Object.hasOwn(input, key));

/** Parses a send payload: the message, or every problem with its path and the limit it breaks. */
export const parseSendMessage = (input: unknown): Parsed<SendMessage | DirectSendMessage> =>
  isDirect(input) ? parseWith(DirectSendMessage, input) : parseWith(SendMessage, input);
