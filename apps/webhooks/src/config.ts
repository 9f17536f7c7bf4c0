import { z } from 'zod';

/** What webhooks reads from the environment. */
export const WebhooksConfig = z.object({
  /** Days for which deliveries are kept as they came. */
  POSTRIDER_RECEIPT_DAYS: z.coerce.number('a number of days is needed').int().min(1).max(365).default(14),
});
export type WebhooksConfig = z.infer<typeof WebhooksConfig>;
