import { z } from 'zod';

const ms = z
  .number()
  .min(0)
  .max(10 * 365 * 86_400_000);
const count = z.int().min(0);
const version = z.int().min(1).max(999);

/** What can be set at the start, in the seed, and at run time by `POST /_sim/settings`. */
export const settingsShape = z.strictObject({
  /** The apps' webhook version, which gives payloads their shape: below 24 statuses carry `conversation`. */
  webhookVersion: version,
  /** How users appear in webhooks: by phone only, by phone and BSUID, or by BSUID only (a username without phone). */
  identities: z.enum(['phone', 'both', 'bsuid']),
  /** Milliseconds after acceptance. */
  sentMs: ms,
  deliveredMs: ms,
  readMs: ms,
  answerMs: ms,
  /** The slow persona's factor. */
  slowFactor: z.number().min(0),
  review: z.enum(['automatic', 'manual']),
  reviewMs: ms,
  /** Which rules are enforced. Shapes, tokens and templates always are. */
  enforceThroughput: z.boolean(),
  enforcePairRate: z.boolean(),
  enforcePortfolioLimit: z.boolean(),
  enforceWindow: z.boolean(),
  enforceTemplateQuotas: z.boolean(),
  enforcePersonas: z.boolean(),
  /** Which media links are fetched before a message goes out; one that cannot be fetched fails with 131053. */
  mediaLinks: z.enum(['loopback', 'always', 'never']),
  /** Service messages of a number that cost nothing in a month, once they are charged at all. */
  freeServiceMessages: count,
  webhookTimeoutMs: ms.min(1),
  /** The gap before the first retry; each following gap doubles, up to `webhookRetryMaxMs`, for seven days. */
  webhookRetryMs: ms,
  webhookRetryMaxMs: ms,
  webhookConcurrency: count.min(1),
  /** Updates that come closer together than this travel in one POST. */
  webhookGatherMs: ms,
  /** The highest Graph version served. */
  graphVersion: version,
  /** How many accepted messages are remembered; the oldest are forgotten first. */
  messagesKept: count.min(1),
  /** How many bytes of webhook bodies are remembered. */
  deliveryBytesKept: count,
});
export type Settings = z.infer<typeof settingsShape>;

export const defaultSettings: Settings = {
  webhookVersion: 24,
  identities: 'both',
  sentMs: 40,
  deliveredMs: 150,
  readMs: 400,
  answerMs: 700,
  slowFactor: 20,
  review: 'automatic',
  reviewMs: 400,
  enforceThroughput: true,
  enforcePairRate: true,
  enforcePortfolioLimit: true,
  enforceWindow: true,
  enforceTemplateQuotas: true,
  enforcePersonas: true,
  mediaLinks: 'loopback',
  freeServiceMessages: 1_000,
  webhookTimeoutMs: 10_000,
  webhookRetryMs: 500,
  webhookRetryMaxMs: 3_600_000,
  webhookConcurrency: 8,
  webhookGatherMs: 10,
  graphVersion: 26,
  messagesKept: 200_000,
  deliveryBytesKept: 32_000_000,
};

/** For measurements: nothing that limits the sender's rate, and less remembered. */
export const loadSettings: Partial<Settings> = {
  enforceThroughput: false,
  enforcePairRate: false,
  enforcePortfolioLimit: false,
  webhookGatherMs: 25,
  deliveryBytesKept: 4_000_000,
};
