import { z } from 'zod';
import { alarmEvents } from './alarm-events';
import { defineEvent } from './define-event';
import { Instant, MetaObject } from './vocabulary';

const service = 'webhooks';
const stream = 'conversation';

/** Whose number it came to. Account, sender and conversation ids are made from Meta's ids, alike in every service. */
const number = {
  accountId: z.uuid(),
  senderId: z.uuid(),
  wabaId: z.string(),
  phoneNumberId: z.string(),
};
const where = { conversationId: z.uuid(), ...number };
/** By Meta's clock. */
const happened = { happenedAt: Instant };
const person = z.object({
  phone: z.string().optional(),
  userId: z.string().optional(),
  parentUserId: z.string().optional(),
  name: z.string().optional(),
  username: z.string().optional(),
});
const content = person.extend({
  /** The message object as Meta sent it, under its type's name. */
  message: MetaObject,
});

export const MessageReceived = defineEvent({
  service,
  stream,
  type: 'MessageReceived',
  summary: 'A person wrote to one of our numbers.',
  data: z.object({
    ...where,
    ...happened,
    wamid: z.string(),
    messageType: z.string(),
    /** The message this one answers. */
    repliesTo: z.string().optional(),
    /** Came by an advertisement or a page's button: a free entry point. */
    referral: z.object({ sourceType: z.string(), sourceId: z.string().optional() }).optional(),
    /** Another answers this thread at the time, as Meta's agent: whoever writes by itself now takes it over. */
    standby: z.literal(true).optional(),
  }),
  personal: content,
});
export const ReactionReceived = defineEvent({
  service,
  stream,
  type: 'ReactionReceived',
  summary: 'A person reacted to a message, or took a reaction back (no emoji).',
  data: z.object({ ...where, ...happened, wamid: z.string(), reactsTo: z.string(), removed: z.boolean() }),
  personal: content,
});
export const MessageEdited = defineEvent({
  service,
  stream,
  type: 'MessageEdited',
  summary: 'A person changed what they wrote.',
  data: z.object({ ...where, ...happened, wamid: z.string(), edits: z.string() }),
  personal: content,
});
export const MessageRevoked = defineEvent({
  service,
  stream,
  type: 'MessageRevoked',
  summary: 'A person took back what they wrote.',
  data: z.object({ ...where, ...happened, wamid: z.string(), revokes: z.string() }),
  personal: person,
});
export const MessageEchoed = defineEvent({
  service,
  stream,
  type: 'MessageEchoed',
  summary:
    'Our number wrote to a person by another way than Postrider: the WhatsApp Business app, or another application.',
  data: z.object({
    ...where,
    ...happened,
    wamid: z.string(),
    messageType: z.string(),
    /** The webhook field that told of it. */
    via: z.string(),
    repliesTo: z.string().optional(),
    /** The message that this one changes or takes back. */
    changes: z.string().optional(),
  }),
  personal: content,
});
export const MessageImported = defineEvent({
  service,
  stream,
  type: 'MessageImported',
  summary:
    'A message from before the number was connected, which the business shared. It opens no window and asks for nothing.',
  data: z.object({
    ...where,
    ...happened,
    wamid: z.string(),
    messageType: z.string(),
    direction: z.enum(['in', 'out']),
    /** What had become of it, in Meta's words. */
    status: z.string().optional(),
    repliesTo: z.string().optional(),
  }),
  personal: content,
});
export const CallReported = defineEvent({
  service,
  stream,
  type: 'CallReported',
  summary: "A call began, changed or ended. A person's call opens the conversation window as a message does.",
  data: z.object({
    ...where,
    ...happened,
    callId: z.string(),
    /** Meta's event or status: connect, terminate, RINGING, ACCEPTED, REJECTED … */
    event: z.string(),
    direction: z.enum(['in', 'out']).optional(),
    outcome: z.string().optional(),
    durationSeconds: z.number().int().optional(),
  }),
  personal: person,
});

/** Meta's statuses of a message; `deleted` and `warning` were seen in the past and are kept as text. */
export const StatusName = z.string();

export const StatusReported = defineEvent({
  service,
  stream,
  type: 'StatusReported',
  summary: 'Meta reported what became of a message. Any order, any repetition.',
  data: z.object({
    ...where,
    ...happened,
    wamid: z.string(),
    status: StatusName,
    /** Out of the message's own callback data, where its MAC was right. */
    messageId: z.uuid().optional(),
    attempt: z.number().int().optional(),
    pricing: z
      .object({
        billable: z.boolean().optional(),
        model: z.string().optional(),
        type: z.string().optional(),
        category: z.string().optional(),
      })
      .optional(),
    /** The end of a conversation window that Meta named. */
    conversationExpiresAt: Instant.optional(),
    errors: z
      .array(z.object({ code: z.number().int(), title: z.string().optional(), details: z.string().optional() }))
      .optional(),
  }),
  personal: person,
});
export const PreferenceReported = defineEvent({
  service,
  stream,
  type: 'PreferenceReported',
  summary: "A person stopped or resumed a business's marketing, in WhatsApp itself.",
  data: z.object({ ...where, ...happened, category: z.string(), value: z.string() }),
  personal: person,
});
export const IdentityChangeReported = defineEvent({
  service,
  stream,
  type: 'IdentityChangeReported',
  summary: 'A person has a new number or user id, or a number changed hands.',
  data: z.object({
    ...where,
    ...happened,
    kind: z.enum(['number-changed', 'user-id-changed', 'identity-changed']),
    previousAliasKeys: z.array(z.string()),
    currentAliasKeys: z.array(z.string()),
  }),
  personal: z.object({ previous: person, current: person }),
});
export const AddressBookReported = defineEvent({
  service,
  stream,
  type: 'AddressBookReported',
  summary: "A person was added to, changed in or removed from the address book of the number's WhatsApp Business app.",
  data: z.object({ ...where, ...happened, action: z.string() }),
  personal: person,
});
export const ThreadControlReported = defineEvent({
  service,
  stream,
  type: 'ThreadControlReported',
  summary: "A conversation was passed to another, or taken by another: people, an application, Meta's agent.",
  data: z.object({
    ...where,
    ...happened,
    /** Meta's word: `control_passed`, `control_taken`. */
    change: z.string(),
    /** Meta's names of roles: `ai_agent`, `escalation` … */
    previousOwner: z.string().optional(),
    newOwner: z.string().optional(),
  }),
  personal: person,
});
export const MarketingActivityReported = defineEvent({
  service,
  stream: 'account-side',
  type: 'MarketingActivityReported',
  summary: 'What came of an advertisement or a marketing message: a click, a lead, a purchase.',
  data: z.object({
    ...number,
    ...happened,
    kind: z.enum(['click', 'conversion', 'tracking']),
    /** Meta's name of it: `marketing_messages_link_click`, `LeadSubmitted`, `Purchase` … */
    name: z.string(),
  }),
  /** The item as Meta sent it, and whom the delivery names beside it. Its click ids lead to a person. */
  personal: person.extend({ activity: MetaObject }),
});
export const GroupChangeReported = defineEvent({
  service,
  stream: 'account-side',
  type: 'GroupChangeReported',
  summary: 'A group of one of our numbers began, ended or changed, or its participants did.',
  data: z.object({
    ...number,
    ...happened,
    field: z.string(),
    groupId: z.string(),
    change: z.string().optional(),
    requestId: z.string().optional(),
  }),
  /** As Meta sent it: it names participants. */
  personal: z.object({ group: MetaObject }),
});
export const GroupMessageReceived = defineEvent({
  service,
  stream: 'account-side',
  type: 'GroupMessageReceived',
  summary: 'A person wrote in a group of one of our numbers. It belongs to no conversation, and opens no window.',
  data: z.object({
    ...number,
    ...happened,
    groupId: z.string(),
    wamid: z.string(),
    messageType: z.string(),
    repliesTo: z.string().optional(),
  }),
  personal: content,
});
const file = { wamid: z.string(), mediaId: z.string() };
const stored = { objectKey: z.string(), mimeType: z.string(), sha256: z.string(), bytes: z.number().int() };
const failed = { because: z.string(), final: z.boolean() };
export const MediaStored = defineEvent({
  service,
  stream,
  type: 'MediaStored',
  summary: "A received message's file was fetched and kept.",
  data: z.object({ ...where, ...file, ...stored }),
});
export const MediaFailed = defineEvent({
  service,
  stream,
  type: 'MediaFailed',
  summary: "A received message's file could not be had.",
  data: z.object({ ...where, ...file, ...failed }),
});
export const GroupMediaStored = defineEvent({
  service,
  stream: 'account-side',
  type: 'GroupMediaStored',
  summary: 'The file of a message in a group was fetched and kept.',
  data: z.object({ ...number, groupId: z.string(), ...file, ...stored }),
});
export const GroupMediaFailed = defineEvent({
  service,
  stream: 'account-side',
  type: 'GroupMediaFailed',
  summary: 'The file of a message in a group could not be had.',
  data: z.object({ ...number, groupId: z.string(), ...file, ...failed }),
});
export const UnrecognisedChangeReceived = defineEvent({
  service,
  stream: 'unrecognised',
  type: 'UnrecognisedChangeReceived',
  summary:
    'Something of a webhook that is not understood; kept in its raw form. The alias keys are of all whom it may name, several people among them.',
  data: z.object({ accountId: z.uuid().optional(), wabaId: z.string(), field: z.string(), because: z.string() }),
  personal: z.object({ raw: z.unknown() }),
});

const account = { accountId: z.uuid(), wabaId: z.string() };
/** `change` is Meta's `value`, as it came; none of these fields names a person. */
const report = { field: z.string(), change: MetaObject, reportedAt: Instant };
export const TemplateChangeReported = defineEvent({
  service,
  stream: 'account-side',
  type: 'TemplateChangeReported',
  summary: "Meta changed a template's status, category, quality or components.",
  data: z.object({
    ...account,
    ...report,
    /** A decimal string: Meta's integer may exceed 2^53. */
    metaTemplateId: z.string(),
    templateName: z.string(),
    templateLanguage: z.string(),
  }),
});
export const SenderChangeReported = defineEvent({
  service,
  stream: 'account-side',
  type: 'SenderChangeReported',
  summary: "Meta changed a number's quality, name, limits or security.",
  data: z.object({
    ...account,
    ...report,
    phoneNumberId: z.string().optional(),
    displayPhoneNumber: z.string().optional(),
  }),
});
export const AccountChangeReported = defineEvent({
  service,
  stream: 'account-side',
  type: 'AccountChangeReported',
  summary: 'Meta restricted, restored or changed a business account.',
  data: z.object({ ...account, ...report }),
});

export const { AlarmRaised: WebhooksAlarmRaised, AlarmCleared: WebhooksAlarmCleared } = alarmEvents(service);
