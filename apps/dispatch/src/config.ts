import { z } from 'zod';

const milliseconds = (standard: number) =>
  z.coerce.number('a number of milliseconds is needed').int().min(100).default(standard);

/** What dispatch reads from the environment. */
export const DispatchConfig = z
  .object({
    /** Further hosts that Cloud API traffic may go to, separated by commas. */
    POSTRIDER_GRAPH_HOSTS: z.string().default(''),
    /** How long one POST to Meta may take. */
    POSTRIDER_SEND_TIMEOUT_MS: milliseconds(8_000),
    /** How long a sender is held without a sign of life; another process takes it over after that. */
    POSTRIDER_SENDER_LEASE_MS: milliseconds(12_000),
    /** How long a status may take to settle an unknown outcome before `onUnknown` decides. */
    POSTRIDER_UNKNOWN_PATIENCE_MS: milliseconds(600_000),
  })
  .refine((env) => env.POSTRIDER_SENDER_LEASE_MS > env.POSTRIDER_SEND_TIMEOUT_MS, {
    path: ['POSTRIDER_SENDER_LEASE_MS'],
    message: 'must be longer than POSTRIDER_SEND_TIMEOUT_MS',
  })
  .transform((env) => ({
    graphHosts: env.POSTRIDER_GRAPH_HOSTS.split(',')
      .map((host) => host.trim())
      .filter((host) => host !== ''),
    sendTimeoutMs: env.POSTRIDER_SEND_TIMEOUT_MS,
    senderLeaseMs: env.POSTRIDER_SENDER_LEASE_MS,
    patienceMs: env.POSTRIDER_UNKNOWN_PATIENCE_MS,
  }));
export type DispatchConfig = z.infer<typeof DispatchConfig>;
