import { z } from 'zod';
import { alarmEvents } from './alarm-events';
import { defineEvent } from './define-event';
import { Check, Instant, Purpose, Quality, UnknownPolicy } from './vocabulary';

const service = 'configuration';

export const WebhookBy = z.enum(['app', 'account']);
export type WebhookBy = z.infer<typeof WebhookBy>;

export const PortfolioDiscovered = defineEvent({
  service,
  stream: 'portfolio',
  type: 'PortfolioDiscovered',
  summary: "Meta's business portfolio of a connected account became known.",
  data: z.object({ portfolioId: z.string(), name: z.string().optional() }),
});
export const MessagingLimitChanged = defineEvent({
  service,
  stream: 'portfolio',
  type: 'MessagingLimitChanged',
  summary: 'How many unique people all senders of a portfolio may open conversations with in 24 hours.',
  data: z.object({ portfolioId: z.string(), limit: z.number().int().nullable(), tier: z.string() }),
});

export const BusinessAccountConnected = defineEvent({
  service,
  stream: 'business-account',
  type: 'BusinessAccountConnected',
  summary: 'A WhatsApp Business Account was connected; its credentials are kept by configuration and never travel.',
  data: z.object({
    accountId: z.uuid(),
    name: z.string(),
    wabaId: z.string(),
    portfolioId: z.string(),
    appId: z.string(),
    graphUrl: z.string(),
    checks: z.array(Check),
    credentialsVersion: z.number().int(),
    /** How its webhooks are to come; by an address of its own where it is absent. */
    webhookBy: WebhookBy.optional(),
  }),
});
export const CredentialsVerified = defineEvent({
  service,
  stream: 'business-account',
  type: 'CredentialsVerified',
  summary: 'The token was found good for sending and management.',
  data: z.object({
    accountId: z.uuid(),
    credentialsVersion: z.number().int(),
    scopes: z.array(z.string()),
    tokenExpiresAt: Instant.nullable(),
    checks: z.array(Check),
  }),
});
export const CredentialsRejected = defineEvent({
  service,
  stream: 'business-account',
  type: 'CredentialsRejected',
  summary: 'Meta no longer accepts the token, or it lacks a permission.',
  data: z.object({ accountId: z.uuid(), credentialsVersion: z.number().int(), checks: z.array(Check) }),
});
export const CredentialsRotated = defineEvent({
  service,
  stream: 'business-account',
  type: 'CredentialsRotated',
  summary: 'There is a newer version of the credentials; holders fetch it over the internal call.',
  data: z.object({ accountId: z.uuid(), credentialsVersion: z.number().int() }),
});
export const CredentialsExpiring = defineEvent({
  service,
  stream: 'business-account',
  type: 'CredentialsExpiring',
  summary: 'The token ends soon.',
  data: z.object({ accountId: z.uuid(), expiresAt: Instant }),
});
export const WebhookSubscribed = defineEvent({
  service,
  stream: 'business-account',
  type: 'WebhookSubscribed',
  summary: "Meta delivers the account's webhooks to this address.",
  data: z.object({
    accountId: z.uuid(),
    callbackUrl: z.string(),
    /** The app's own address, or an override for the account; the latter where it is absent. */
    by: WebhookBy.optional(),
  }),
});
export const AccountRestricted = defineEvent({
  service,
  stream: 'business-account',
  type: 'AccountRestricted',
  summary: 'Meta restricts or disables the account.',
  data: z.object({ accountId: z.uuid(), restriction: z.string(), until: Instant.optional() }),
});
export const AccountRestored = defineEvent({
  service,
  stream: 'business-account',
  type: 'AccountRestored',
  summary: 'A restriction of the account ended.',
  data: z.object({ accountId: z.uuid() }),
});
export const ReadinessConfirmed = defineEvent({
  service,
  stream: 'business-account',
  type: 'ReadinessConfirmed',
  summary: 'Somebody confirmed what no call to Meta can check, such as a policy that was read.',
  data: z.object({ accountId: z.uuid(), item: z.string(), by: z.string(), at: Instant, note: z.string().optional() }),
});
export const ReadinessWithdrawn = defineEvent({
  service,
  stream: 'business-account',
  type: 'ReadinessWithdrawn',
  summary: 'A confirmation no longer holds.',
  data: z.object({ accountId: z.uuid(), item: z.string() }),
});

/** Meta's state of a phone number; only CONNECTED may send. */
export const SenderStatus = z.string();

export const SenderDiscovered = defineEvent({
  service,
  stream: 'sender',
  type: 'SenderDiscovered',
  summary: 'A phone number of a connected account became known.',
  data: z.object({
    senderId: z.uuid(),
    accountId: z.uuid(),
    wabaId: z.string(),
    portfolioId: z.string(),
    phoneNumberId: z.string(),
    displayPhoneNumber: z.string(),
    verifiedName: z.string(),
    status: SenderStatus,
    quality: Quality,
    throughputPerSecond: z.number().int(),
  }),
});
export const SenderRegistered = defineEvent({
  service,
  stream: 'sender',
  type: 'SenderRegistered',
  summary: 'The number was registered for the Cloud API.',
  data: z.object({ senderId: z.uuid() }),
});
export const SenderStatusChanged = defineEvent({
  service,
  stream: 'sender',
  type: 'SenderStatusChanged',
  summary: "Meta's state of the number changed; only CONNECTED may send.",
  data: z.object({ senderId: z.uuid(), status: SenderStatus, previous: SenderStatus.optional() }),
});
export const SenderQualityChanged = defineEvent({
  service,
  stream: 'sender',
  type: 'SenderQualityChanged',
  summary: "Meta's quality rating of the number changed.",
  data: z.object({ senderId: z.uuid(), quality: Quality, previous: Quality.optional() }),
});
export const SenderHealthChanged = defineEvent({
  service,
  stream: 'sender',
  type: 'SenderHealthChanged',
  summary: 'Whether the number can send, by all that it rests on: itself, its account, its portfolio, its app.',
  data: z.object({
    senderId: z.uuid(),
    /** AVAILABLE, LIMITED or BLOCKED. */
    health: z.string(),
    /** What Meta finds wrong, and what it advises. */
    because: z.array(z.string()),
  }),
});
export const SenderThroughputChanged = defineEvent({
  service,
  stream: 'sender',
  type: 'SenderThroughputChanged',
  summary: 'How many messages a second, in and out, Meta allows the number.',
  data: z.object({ senderId: z.uuid(), throughputPerSecond: z.number().int() }),
});
export const SenderRenamed = defineEvent({
  service,
  stream: 'sender',
  type: 'SenderRenamed',
  summary: 'Meta shows the number under another name.',
  data: z.object({ senderId: z.uuid(), verifiedName: z.string(), previous: z.string().optional() }),
});
export const SenderPaused = defineEvent({
  service,
  stream: 'sender',
  type: 'SenderPaused',
  summary: 'An operator stopped sending from the number.',
  data: z.object({ senderId: z.uuid(), because: z.string() }),
});
export const SenderResumed = defineEvent({
  service,
  stream: 'sender',
  type: 'SenderResumed',
  summary: 'Sending from the number goes on.',
  data: z.object({ senderId: z.uuid() }),
});

export const ChannelSettings = z.object({
  name: z.string(),
  senderId: z.uuid(),
  purpose: Purpose,
  /** Which consent a message of this channel needs; without it the purpose's own. */
  consent: z.object({ topic: z.string().optional(), required: z.boolean().optional() }).optional(),
  quietHours: z.record(z.string(), z.unknown()).optional(),
  caps: z.array(z.record(z.string(), z.unknown())).optional(),
  ratePerSecond: z.number().positive().optional(),
  onUnknown: UnknownPolicy.optional(),
  expiresAfterSeconds: z.number().int().positive().optional(),
  locale: z.string().optional(),
  /** Which of a person's numbers is written to; the one that the message names where it is absent. */
  number: z.enum(['as-named', 'first', 'newest']).optional(),
  marketingApi: z.enum(['off', 'with-fallback', 'strict']).optional(),
});
export type ChannelSettings = z.infer<typeof ChannelSettings>;

export const ChannelDrafted = defineEvent({
  service,
  stream: 'channel',
  type: 'ChannelDrafted',
  summary: 'A named way to send was written down; nothing goes through it yet.',
  data: z.object({ channelId: z.uuid(), settings: ChannelSettings }),
});
export const ChannelActivated = defineEvent({
  service,
  stream: 'channel',
  type: 'ChannelActivated',
  summary: 'Messages may be sent through the channel.',
  data: z.object({ channelId: z.uuid() }),
});
export const ChannelChanged = defineEvent({
  service,
  stream: 'channel',
  type: 'ChannelChanged',
  summary: "The channel's settings are now these; the next send obeys them.",
  data: z.object({ channelId: z.uuid(), settings: ChannelSettings }),
});
export const ChannelSuspended = defineEvent({
  service,
  stream: 'channel',
  type: 'ChannelSuspended',
  summary: 'Nothing goes through the channel until it is activated again.',
  data: z.object({ channelId: z.uuid(), because: z.string() }),
});

export const PolicyChanged = defineEvent({
  service,
  stream: 'policy',
  type: 'PolicyChanged',
  summary: 'A rule that spans channels has a new version; the next send obeys it.',
  data: z.object({ name: z.string(), policyVersion: z.number().int(), policy: z.record(z.string(), z.unknown()) }),
});

/** What a key may do; `personal` opens phone numbers and words in what `read` shows. */
export const scopes = ['send', 'templates', 'configure', 'read', 'personal', 'approve', 'operate'] as const;
export const Scope = z.enum(scopes);
export type Scope = z.infer<typeof Scope>;

/**
 * SHA-256 of the secret, in hex. A secret is 256 random bits, so the hash tells nothing that could be guessed: a slow
 * hash or a salt protects what people choose, not this.
 */
export const SecretHash = z.string().regex(/^[0-9a-f]{64}$/);

export const ApiKeyCreated = defineEvent({
  service,
  stream: 'api-key',
  type: 'ApiKeyCreated',
  summary: 'A key was made; its secret was shown once and is kept by nobody but its holder.',
  data: z.object({
    keyId: z.uuid(),
    name: z.string(),
    scopes: z.array(Scope),
    secretHash: SecretHash,
    expiresAt: Instant.optional(),
  }),
});
export const ApiKeyRotated = defineEvent({
  service,
  stream: 'api-key',
  type: 'ApiKeyRotated',
  summary: 'A key has a new secret; the one before counts until the overlap is over.',
  data: z.object({ keyId: z.uuid(), secretHash: SecretHash, previousUntil: Instant }),
});
export const ApiKeyRevoked = defineEvent({
  service,
  stream: 'api-key',
  type: 'ApiKeyRevoked',
  summary: 'Nobody gets in with the key any more.',
  data: z.object({ keyId: z.uuid() }),
});

export const { AlarmRaised: ConfigurationAlarmRaised, AlarmCleared: ConfigurationAlarmCleared } = alarmEvents(service);
