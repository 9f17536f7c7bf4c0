import { z } from 'zod';

const count = (standard: number) => z.coerce.number('a whole number is needed').int().min(1).default(standard);

/** What journeys reads from the environment. */
export const JourneysConfig = z
  .object({
    /** The most messages of one campaign that may wait in dispatch at a time; fewer where dispatch is slow. */
    POSTRIDER_CAMPAIGN_WINDOW: count(1_000),
    /** How many recipients are planned at a time. More would be planned faster, and hold up for longer whoever shares the process. */
    POSTRIDER_PLAN_BATCH: count(250),
    /** How long a command may stay unanswered before it is given again, under the same key. */
    POSTRIDER_COMMAND_PATIENCE_MS: count(10_000),
    /** How often campaigns are looked after where nothing wakes them. */
    POSTRIDER_CAMPAIGN_TICK_MS: count(200),
    /** How long after its end a campaign still knows whom it was for. */
    POSTRIDER_AUDIENCE_DAYS: count(30),
  })
  .transform((env) => ({
    windowMax: env.POSTRIDER_CAMPAIGN_WINDOW,
    planBatch: env.POSTRIDER_PLAN_BATCH,
    commandPatienceMs: env.POSTRIDER_COMMAND_PATIENCE_MS,
    tickMs: env.POSTRIDER_CAMPAIGN_TICK_MS,
    audienceDays: env.POSTRIDER_AUDIENCE_DAYS,
  }));
export type JourneysConfig = z.infer<typeof JourneysConfig>;
