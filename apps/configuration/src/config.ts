import { z } from 'zod';

const address = z.url({ protocol: /^https?$/, error: 'an address beginning with http:// or https:// is needed' });

/** What configuration reads from the environment, beside what the host reads. */
export const Config = z
  .object({
    /** Where Meta reaches the webhooks. */
    POSTRIDER_PUBLIC_URL: address,
    /** Further hosts that Cloud API traffic may go to, separated by commas. */
    POSTRIDER_GRAPH_HOSTS: z.string().default(''),
    /** How often every account is looked at; webhooks tell at once, this is the safety net. */
    POSTRIDER_SYNC_MINUTES: z.coerce.number('a number of minutes is needed').positive().max(1440).default(15),
  })
  .transform((env) => ({
    callbackUrl: `${env.POSTRIDER_PUBLIC_URL.replace(/\/+$/, '')}/webhooks/meta`,
    graphHosts: env.POSTRIDER_GRAPH_HOSTS.split(',')
      .map((host) => host.trim())
      .filter((host) => host !== ''),
    syncEveryMs: env.POSTRIDER_SYNC_MINUTES * 60_000,
  }));
export type Config = z.infer<typeof Config>;
