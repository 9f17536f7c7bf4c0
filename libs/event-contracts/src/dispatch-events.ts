import { z } from 'zod';
import { alarmEvents } from './alarm-events';
import { defineEvent } from './define-event';
import {
  ContentOutline,
  Decision,
  Instant,
  Lane,
  MetaObject,
  Origin,
  Purpose,
  Recipient,
  SendError,
  UnknownPolicy,
} from './vocabulary';

const service = 'dispatch';
const message = { messageId: z.uuid() };
const attempt = { ...message, attempt: z.number().int().positive() };
/** Meta's `error_data.details`, which may quote a parameter. */
const ErrorDetails = z.object({ details: z.string().optional() });

export const MessageRequested = defineEvent({
  service,
  stream: 'message',
  type: 'MessageRequested',
  summary: 'Someone wants one thing delivered to one contact; the decision taken at acceptance goes with it.',
  data: z.object({
    ...message,
    channelId: z.uuid(),
    channelName: z.string(),
    accountId: z.uuid(),
    senderId: z.uuid(),
    phoneNumberId: z.string(),
    purpose: Purpose,
    contactId: z.uuid(),
    content: ContentOutline,
    lane: Lane,
    origin: Origin,
    reference: z.string().optional(),
    onUnknown: UnknownPolicy,
    scheduledAt: Instant.optional(),
    expiresAt: Instant.optional(),
    /** The rate that its batch named: messages of one key together, on this sender. */
    pace: z.object({ key: z.uuid(), perSecond: z.number().positive() }).optional(),
    /** ISO 3166 alpha-2 of the number; absent where there is no number. */
    country: z.string().optional(),
    /** A test send: delivered, but kept out of figures. */
    test: z.boolean().optional(),
    decision: Decision,
  }),
  personal: z.object({
    to: Recipient,
    /** The Cloud API message without its envelope: `{type, <type>: {...}}`, parameters filled in. */
    payload: MetaObject,
  }),
});
export const CommandRejected = defineEvent({
  service,
  stream: 'command',
  type: 'CommandRejected',
  summary: 'A record on the commands topic could not become a message.',
  data: z.object({
    code: z.string(),
    detail: z.string(),
    topic: z.string(),
    partition: z.number().int(),
    offset: z.string(),
    idempotencyKey: z.string().optional(),
  }),
});
export const MessageRefused = defineEvent({
  service,
  stream: 'message',
  type: 'MessageRefused',
  summary: 'The message may not be sent; the decision says why.',
  data: z.object({ ...message, code: z.string(), decision: Decision }),
});
export const MessageHeld = defineEvent({
  service,
  stream: 'message',
  type: 'MessageHeld',
  summary: 'The message must wait; the decision says for what.',
  data: z.object({ ...message, code: z.string(), until: Instant, decision: Decision }),
});
export const MessageReleased = defineEvent({
  service,
  stream: 'message',
  type: 'MessageReleased',
  summary: 'What the message waited for is over.',
  data: z.object({ ...message, because: z.string() }),
});
export const SendAttempted = defineEvent({
  service,
  stream: 'message',
  type: 'SendAttempted',
  summary: 'A POST to Meta is about to be made; committed before a byte leaves.',
  data: z.object({
    ...attempt,
    senderId: z.uuid(),
    /** The fencing token of the lease it was made under. */
    fence: z.number().int(),
    decision: Decision.optional(),
  }),
});
export const AttemptNotSent = defineEvent({
  service,
  stream: 'message',
  type: 'AttemptNotSent',
  summary: 'The intended POST surely never left.',
  data: z.object({ ...attempt, because: z.string(), retryAt: Instant }),
});
export const MessageAccepted = defineEvent({
  service,
  stream: 'message',
  type: 'MessageAccepted',
  summary: 'Meta took the message; delivery is reported later.',
  data: z.object({ ...attempt, wamid: z.string(), messageStatus: z.string().optional() }),
  personal: z.object({ waId: z.string().optional(), userId: z.string().optional() }),
});
export const AttemptFailed = defineEvent({
  service,
  stream: 'message',
  type: 'AttemptFailed',
  summary: 'Meta refused the attempt, at once or by a later status; another may follow at `retryAt`.',
  data: z.object({ ...attempt, error: SendError, retryAt: Instant }),
  personal: ErrorDetails,
});
export const OutcomeUnknown = defineEvent({
  service,
  stream: 'message',
  type: 'OutcomeUnknown',
  summary: 'The POST may or may not have reached Meta. Only a status, a policy or an operator settles it.',
  data: z.object({ ...attempt, because: z.string(), decideAt: Instant }),
});
export const OutcomeResolved = defineEvent({
  service,
  stream: 'message',
  type: 'OutcomeResolved',
  summary: 'An unknown outcome was settled.',
  data: z.object({
    ...attempt,
    outcome: z.enum(['accepted', 'failed', 'resend', 'give-up', 'hold']),
    by: z.enum(['status', 'policy', 'operator']),
    wamid: z.string().optional(),
    error: SendError.optional(),
  }),
});
export const DuplicateSendDetected = defineEvent({
  service,
  stream: 'message',
  type: 'DuplicateSendDetected',
  summary: 'Two attempts of one message turned out to have arrived.',
  data: z.object({ ...message, attempts: z.array(z.number().int()), wamids: z.array(z.string()) }),
});
export const MessageFailed = defineEvent({
  service,
  stream: 'message',
  type: 'MessageFailed',
  summary: 'The message will not be delivered.',
  data: z.object({ ...message, attempt: z.number().int().optional(), error: SendError }),
  personal: ErrorDetails,
});
export const MessageCancelled = defineEvent({
  service,
  stream: 'message',
  type: 'MessageCancelled',
  summary: 'The caller took the message back before it left.',
  data: z.object({ ...message, because: z.string() }),
});
export const MessageExpired = defineEvent({
  service,
  stream: 'message',
  type: 'MessageExpired',
  summary: 'The message was not sent in time, and is not sent late.',
  data: z.object({ ...message, expiresAt: Instant }),
});

const scope = { scope: z.enum(['account', 'sender', 'template']), scopeId: z.uuid() };
export const SendingPaused = defineEvent({
  service,
  stream: 'sending-scope',
  type: 'SendingPaused',
  summary: "Meta's answers say that nothing can be sent in this scope for now.",
  data: z.object({ ...scope, error: SendError, until: Instant.optional() }),
});
export const SendingResumed = defineEvent({
  service,
  stream: 'sending-scope',
  type: 'SendingResumed',
  summary: 'Sending in the scope goes on.',
  data: z.object({ ...scope, because: z.string() }),
});

const contact = { contactId: z.uuid() };
/** Where Meta itself showed it, and when by its clock; a user id is one person's within one portfolio. */
const ShownBy = z.object({ portfolioId: z.string(), at: Instant });
export const ContactSeen = defineEvent({
  service,
  stream: 'contact',
  type: 'ContactSeen',
  summary: 'A person became known, by what the source showed of them.',
  data: z.object({ ...contact, via: z.string(), shownBy: ShownBy.optional() }),
  personal: z.object({ phone: z.string().optional(), userId: z.string().optional(), name: z.string().optional() }),
});
export const ContactChanged = defineEvent({
  service,
  stream: 'contact',
  type: 'ContactChanged',
  summary: 'What is known of a person changed. Absent means unchanged, null means removed.',
  data: z.object({
    ...contact,
    language: z.string().nullable().optional(),
    timeZone: z.string().nullable().optional(),
  }),
  personal: z.object({
    name: z.string().nullable().optional(),
    attributes: z.record(z.string(), z.unknown()).optional(),
  }),
});
export const IdentityLinked = defineEvent({
  service,
  stream: 'contact',
  type: 'IdentityLinked',
  summary: 'One more alias was shown to be this person.',
  data: z.object({ ...contact, aliasKey: z.string(), because: z.string(), shownBy: ShownBy.optional() }),
  personal: z.object({ phone: z.string().optional(), userId: z.string().optional() }),
});
export const IdentityUnlinked = defineEvent({
  service,
  stream: 'contact',
  type: 'IdentityUnlinked',
  summary:
    "A number is not this person's any more: they moved to another, or it is shown with somebody else's user id.",
  data: z.object({
    ...contact,
    aliasKey: z.string(),
    /** Whose it is from now on; a contact that may not have been seen yet. */
    nextContactId: z.uuid(),
    because: z.string(),
    /** By Meta's clock. */
    unlinkedAt: Instant,
  }),
  personal: z.object({ phone: z.string().optional() }),
});
const consent = {
  ...contact,
  purpose: Purpose,
  /** Where consent is for one sender only. */
  senderId: z.uuid().optional(),
  /** How we know: `api`, `csv`, `keyword`, `preference`, `error-131050`, `block`, or the caller's own word. */
  source: z.string(),
  /** When the person said so, by the source's clock. */
  saidAt: Instant,
};
export const ConsentGranted = defineEvent({
  service,
  stream: 'contact',
  type: 'ConsentGranted',
  summary: 'The person agreed to be written to.',
  data: z.object(consent),
  personal: z.object({ proof: z.string().optional() }),
});
export const ConsentRevoked = defineEvent({
  service,
  stream: 'contact',
  type: 'ConsentRevoked',
  summary: 'The person does not want to be written to.',
  data: z.object(consent),
  personal: z.object({ proof: z.string().optional() }),
});
export const ContactErased = defineEvent({
  service,
  stream: 'contact',
  type: 'ContactErased',
  summary: "The person's data can no longer be read.",
  data: z.object({ ...contact, suppressionHashes: z.array(z.string()) }),
});

/** A text kept at hand for whoever answers people; it quotes nobody. */
export const SavedReply = z.strictObject({
  name: z.string().trim().min(1).max(100),
  /** As Meta writes it: `es`, `pt_BR`. */
  language: z.string().min(2).max(35).optional(),
  text: z.string().trim().min(1).max(4096),
});
export const RepliesChanged = defineEvent({
  service,
  stream: 'replies',
  type: 'RepliesChanged',
  summary: 'The replies that a workspace keeps at hand are these from now on.',
  data: z.object({ repliesVersion: z.number().int().nonnegative(), replies: z.array(SavedReply) }),
});

export const { AlarmRaised: DispatchAlarmRaised, AlarmCleared: DispatchAlarmCleared } = alarmEvents(service);
