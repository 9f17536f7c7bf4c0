import { MasterKey, Port, readEnvironment, type Environment as Variables } from '@postrider/service-host';
import { z } from 'zod';

const flag = z.enum(['0', '1'], '0 or 1 is needed').transform((value) => value === '1');
const url = (protocol: RegExp, example: string) =>
  z.url({ protocol, error: `an address such as ${example} is needed` });

/** What the standalone form reads from the environment (INTERFACES: Commands). */
const StandaloneEnvironment = z.object({
  PORT: Port.default(3000),
  SIMULATOR_PORT: Port.default(3010),
  POSTRIDER_DATA: z.string().default('.postrider'),
  POSTRIDER_API_KEY: z.string().min(16, 'at least 16 characters are needed').optional(),
  POSTRIDER_MASTER_KEY: MasterKey.optional(),
  // Read, and refused where it is wrong, by the services.
  POSTRIDER_MASTER_KEY_PREVIOUS: z.string().optional(),
  POSTRIDER_PUBLIC_URL: url(/^https?$/, 'https://whatsapp.example.org').optional(),
  POSTRIDER_DEMO: flag.default(true),
  POSTRIDER_SIMULATOR: flag.default(true),
  POSTRIDER_GRAPH_HOSTS: z.string().optional(),
  DATABASE_URL: url(/^postgres(ql)?$/, 'postgres://user:password@host:5432').optional(),
  // Each is read, and refused where it is wrong, by the service that it is for.
  POSTRIDER_SEND_TIMEOUT_MS: z.string().optional(),
  POSTRIDER_SENDER_LEASE_MS: z.string().optional(),
  POSTRIDER_UNKNOWN_PATIENCE_MS: z.string().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
});
export type Environment = z.infer<typeof StandaloneEnvironment>;

/** Something that stops the start, as the one line that says why and what to do. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

export const readStandaloneEnvironment = (variables: Variables): Environment =>
  readEnvironment(StandaloneEnvironment, variables);
