import { z } from 'zod';
import { InboundMessage as InboundMessageSchema, type EchoedMessage, type InboundMessage } from './inbound-message';
import { MessageStatus } from './message-status';
import { isObject, type MetaValue } from './parse-webhook';
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

/** The value of a `messages` change, or of another of the `messageFields`. */
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
export function readMessages(given: MetaValue): MessagesValue {
  const value = withStandby(given);
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

/**
 * While another answers a thread, Meta's agent mostly, Meta tells of it in a member of its own, and has what an echo
 * says one level deeper than elsewhere.
 */
function withStandby(value: MetaValue): MetaValue {
  const { standby, ...rest } = value;
  if (!isObject(standby)) return value;
  const { message_echoes: echoes, ...others } = standby;
  if (echoes === undefined) return { ...rest, ...others };
  return { ...rest, ...others, message_echoes: Array.isArray(echoes) ? echoes.map(flat) : echoes };
}

/** A person is `recipient` where an echo goes to a user id. */
function flat(echo: unknown): unknown {
  if (!isObject(echo) || !isObject(echo.message)) return echo;
  const { message: _, ...envelope } = echo;
  const { recipient, ...said } = echo.message;
  return { ...(recipient === undefined ? {} : { to: recipient }), ...said, ...envelope };
}
