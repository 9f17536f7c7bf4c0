import { z } from 'zod';

/** What templates reads from the environment, beside what the host reads. */
export const Config = z
  .object({
    /** Further hosts that Cloud API traffic may go to, separated by commas. */
    POSTRIDER_GRAPH_HOSTS: z.string().default(''),
    /** How often all templates of every account are looked at; webhooks tell at once, this is the safety net. */
    POSTRIDER_SYNC_MINUTES: z.coerce.number('a number of minutes is needed').positive().max(1440).default(15),
  })
  .transform((env) => ({
    graphHosts: env.POSTRIDER_GRAPH_HOSTS.split(',')
      .map((host) => host.trim())
      .filter((host) => host !== ''),
    syncEveryMs: env.POSTRIDER_SYNC_MINUTES * 60_000,
  }));
export type Config = z.infer<typeof Config>;
