import type { Job } from './jobs';
import type { Settings } from './settings';

/** Everything the simulator knows, as plain data (maps and sets included), so that it can be kept in a file. */
export interface State {
  settings: Settings;
  apps: Map<string, App>;
  tokens: Map<string, AccessToken>;
  portfolios: Map<string, Portfolio>;
  accounts: Map<string, Account>;
  numbers: Map<string, PhoneNumber>;
  templates: Map<string, Template>;
  /** By BSUID: people who wrote, or whose behaviour was set. */
  people: Map<string, Person>;
  /** By `phoneNumberId:BSUID`. */
  windows: Map<string, Window>;
  media: Map<string, Media>;
  uploads: Map<string, Upload>;
  faults: Map<string, Fault>;
  analytics: Map<string, Tally>;
  /** Names of deleted templates by `wabaId:name:language`, and until when they are blocked. */
  blockedNames: Map<string, number>;
  agenda: Job[];
  /** The next of each kind of id. */
  counters: Record<string, number>;
  clockOffsetMs: number;
}

export interface App {
  id: string;
  name: string;
  secret: string;
  callbackUrl?: string;
  verifyToken?: string;
  /** Fields subscribed to at the app; empty means all. */
  fields: string[];
}

export interface AccessToken {
  token: string;
  appId: string;
  type: 'SYSTEM_USER' | 'USER' | 'APP';
  userId: string;
  scopes: string[];
  /** Business accounts the token was granted; empty means all of its portfolios. */
  wabaIds: string[];
  portfolioIds: string[];
  issuedAtMs: number;
  /** 0 = never. */
  expiresAtMs: number;
}

export interface Portfolio {
  id: string;
  name: string;
  verified: boolean;
  /** Unique users per rolling 24 hours outside service windows; 0 = unlimited. */
  messagingLimit: number;
  /** When each user was last reached by a template outside a window. */
  reached: Map<string, number>;
}

export interface Account {
  id: string;
  name: string;
  portfolioId: string;
  currency: string;
  timezoneId: string;
  namespace: string;
  country: string;
  status: 'ACTIVE' | 'RESTRICTED' | 'DISABLED';
  paymentMissing: boolean;
  marketingDisabledOnCloudApi: boolean;
  insightsEnabled: boolean;
  marketingMessagesStatus: 'ELIGIBLE' | 'ONBOARDED';
  subscriptions: Map<string, CallbackOverride | null>;
  templateCreations: number[];
}

export interface CallbackOverride {
  url: string;
  verifyToken: string;
}

export interface PhoneNumber {
  id: string;
  wabaId: string;
  displayPhoneNumber: string;
  verifiedName: string;
  status: string;
  quality: 'GREEN' | 'YELLOW' | 'RED' | 'NA' | 'UNKNOWN';
  nameStatus: string;
  codeVerificationStatus: 'VERIFIED' | 'NOT_VERIFIED' | 'EXPIRED';
  registered: boolean;
  pin: string | null;
  verificationCode: string | null;
  throughputPerSecond: number;
  accountMode: 'LIVE' | 'SANDBOX';
  /** For SANDBOX numbers: the only recipients allowed (at most five). */
  allowedRecipients: string[];
  webhookOverride: CallbackOverride | null;
  profile: Record<string, unknown>;
  settings: Record<string, unknown>;
  blocked: Set<string>;
  registrations: number[];
  onboardedAtMs: number;
}

export type TemplateCategory = 'MARKETING' | 'UTILITY' | 'AUTHENTICATION';
export type TemplateStatus =
  | 'PENDING'
  | 'APPROVED'
  | 'REJECTED'
  | 'PAUSED'
  | 'DISABLED'
  | 'IN_APPEAL'
  | 'PENDING_DELETION'
  | 'DELETED'
  | 'LIMIT_EXCEEDED'
  | 'ARCHIVED';

export interface Template {
  id: string;
  wabaId: string;
  name: string;
  language: string;
  category: TemplateCategory;
  previousCategory?: TemplateCategory;
  correctCategory?: TemplateCategory;
  status: TemplateStatus;
  rejectedReason: string;
  parameterFormat: 'POSITIONAL' | 'NAMED';
  components: TemplateComponent[];
  quality: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN';
  qualityAtMs: number;
  ttlSeconds?: number;
  pauses: number;
  /** Sends are accepted but held for quality assessment. */
  pacing: boolean;
  edits: number[];
  createdAtMs: number;
}

export interface TemplateComponent {
  type: string;
  format?: string;
  text?: string;
  buttons?: TemplateButton[];
  cards?: { components: TemplateComponent[] }[];
  [key: string]: unknown;
}

export interface TemplateButton {
  type: string;
  text?: string;
  url?: string;
  [key: string]: unknown;
}

export interface Person {
  userId: string;
  phone?: string;
  name?: string;
  username?: string;
  /** Portfolios' numbers whose marketing this person has stopped. */
  stoppedMarketing: Set<string>;
  /** Two digits: behave as that persona, whatever the number ends with. */
  persona?: string;
  /** Every message to this person fails with this code. */
  failsWith?: number;
}

export interface Window {
  lastInboundAtMs: number;
  /** Came through an ad: a free entry point once the business answers. */
  entryPointAtMs?: number;
  freeUntilMs?: number;
}

export interface Media {
  id: string;
  phoneNumberId: string;
  mimeType: string;
  sha256: string;
  base64: string;
  size: number;
  expiresAtMs: number;
  filename?: string;
}

export interface Upload {
  id: string;
  appId: string;
  length: number;
  mimeType: string;
  name: string;
  base64: string;
  received: number;
}

export interface Fault {
  id: string;
  on: string;
  kind: string;
  rate: number;
  code?: number;
  delayMs?: number;
  /** Stops after so many hits. */
  times?: number;
  hits: number;
  match?: Record<string, unknown>;
}

export interface Tally {
  templateId?: string;
  phoneNumberId: string;
  day: number;
  category: string;
  type: string;
  country: string;
  sent: number;
  delivered: number;
  read: number;
}
