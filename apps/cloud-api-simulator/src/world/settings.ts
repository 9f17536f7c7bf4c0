/** What can be set at the start, in the seed, and at run time by `POST /_sim/settings`. */
export interface Settings {
  /** The apps' webhook version, which gives payloads their shape: below 24 statuses carry `conversation`. */
  webhookVersion: number;
  /** How users appear in webhooks: by phone only, by phone and BSUID, or by BSUID only (a username without phone). */
  identities: 'phone' | 'both' | 'bsuid';
  /** Milliseconds after acceptance. */
  sentMs: number;
  deliveredMs: number;
  readMs: number;
  answerMs: number;
  /** The slow persona's factor. */
  slowFactor: number;
  review: 'automatic' | 'manual';
  reviewMs: number;
  /** Which rules are enforced. Shapes, tokens and templates always are. */
  enforceThroughput: boolean;
  enforcePairRate: boolean;
  enforcePortfolioLimit: boolean;
  enforceWindow: boolean;
  enforceTemplateQuotas: boolean;
  enforcePersonas: boolean;
  /** Which media links are fetched before a message goes out; one that cannot be fetched fails with 131053. */
  mediaLinks: 'loopback' | 'always' | 'never';
  /** Service messages of a number that cost nothing in a month, once they are charged at all. */
  freeServiceMessages: number;
  webhookTimeoutMs: number;
  /** The gap before the first retry; each following gap doubles, up to `webhookRetryMaxMs`, for seven days. */
  webhookRetryMs: number;
  webhookRetryMaxMs: number;
  webhookConcurrency: number;
  /** Updates that come closer together than this travel in one POST. */
  webhookGatherMs: number;
  /** The highest Graph version served. */
  graphVersion: number;
  /** How many accepted messages are remembered; the oldest are forgotten first. */
  messagesKept: number;
  /** How many bytes of webhook bodies are remembered. */
  deliveryBytesKept: number;
}

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
