import { z } from 'zod';
import { InboundMessage as InboundMessageSchema, type EchoedMessage, type InboundMessage } from './inbound-message';
import { MessageStatus } from './message-status';
import type { MetaValue } from './parse-webhook';
import { Metadata, readItem, readItems, seconds, some, WireContact, WireError, type Item } from './wire';

const inbound = InboundMessageSchema as unknown as z.ZodType<InboundMessage>;
const echoed = InboundMessageSchema as unknown as z.ZodType<EchoedMessage>;

/** A click on a marketing message's link, within seven days of the send. */
export const UserAction = z.looseObject({
  action_type: z.string(),
  timestamp: seconds,
  marketing_messages_link_click_data: z.looseObject({ click_id: some, tracking_token: some }).optional(),
});
export type UserAction = z.infer<typeof UserAction>;

/** The value of a `messages` change (or `standby`, `smb_message_echoes`, `message_echoes`, which are shaped alike). */
export interface MessagesValue {
  /** The number it came to; undefined where it could not be read. */
  readonly metadata: Metadata | undefined;
  readonly contacts: readonly Item<WireContact>[];
  readonly messages: readonly Item<InboundMessage>[];
  readonly echoes: readonly Item<EchoedMessage>[];
  readonly statuses: readonly Item<MessageStatus>[];
  /** Errors of the account or number, not of a message. */
  readonly errors: readonly Item<WireError>[];
  readonly userActions: readonly Item<UserAction>[];
  /** Members of the value that have no place above. */
  readonly unrecognised: MetaValue;
}

const known = ['contacts', 'messages', 'message_echoes', 'statuses', 'errors', 'user_actions'];

/** Reads a `messages` change item by item: a broken one is given with its problems, and the others stand. */
export function readMessages(value: MetaValue): MessagesValue {
  const metadata = readItem(Metadata, value.metadata);
  const seen = [...known, ...(metadata.ok ? ['metadata'] : [])];
  if (value.messaging_product === 'whatsapp') seen.push('messaging_product');
  return {
    metadata: metadata.ok ? metadata.value : undefined,
    contacts: readItems(WireContact, value.contacts),
    messages: readItems(inbound, value.messages),
    echoes: readItems(echoed, value.message_echoes),
    statuses: readItems(MessageStatus, value.statuses),
    errors: readItems(WireError, value.errors),
    userActions: readItems(UserAction, value.user_actions),
    unrecognised: Object.fromEntries(Object.entries(value).filter(([key]) => !seen.includes(key))),
  };
}
