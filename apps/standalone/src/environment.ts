import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65535);
const flag = z.enum(['0', '1']).transform((value) => value === '1');
const masterKey = z
  .base64()
  .refine((value) => Buffer.from(value, 'base64').length === 32, 'must be 32 bytes, base64')
  .transform((value) => Buffer.from(value, 'base64'));

/** What the standalone form reads from the environment (INTERFACES: Commands). */
export const Environment = z.object({
  PORT: port.default(3000),
  SIMULATOR_PORT: port.default(3010),
  POSTRIDER_DATA: z.string().min(1).default('.postrider'),
  POSTRIDER_API_KEY: z.string().min(16, 'must have at least 16 characters').optional(),
  POSTRIDER_MASTER_KEY: masterKey.optional(),
  POSTRIDER_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  POSTRIDER_DEMO: flag.default(true),
  POSTRIDER_SIMULATOR: flag.default(true),
  POSTRIDER_GRAPH_HOSTS: z.string().optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('warn'),
});
export type Environment = z.infer<typeof Environment>;

/** Something that stops the start, as the one line that says why and what to do. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

/** Reads the environment; an empty variable counts as missing. */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = Environment.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CannotStart(`${issue?.path.join('.')} ${issue?.message.replace(/^Invalid/, 'is not valid: Invalid')}`);
}
