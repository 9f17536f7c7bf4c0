import { z } from 'zod';

/** The environment lacks a value or has a wrong one; the message is the one line to print. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that `schema` asks for. An empty value counts as missing. Never repeats a value: it may be a secret. */
export function readEnvironment<T>(schema: z.ZodType<T>, environment: Environment): T {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const variable = String(issue.path[0] ?? 'the environment');
  throw new EnvironmentError(
    given[variable] === undefined ? `${variable} is missing` : `${variable} is wrong: ${issue.message}`,
  );
}

/** 32 bytes as base64: `openssl rand -base64 32`. */
export const MasterKey = z
  .string()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((bytes) => bytes.length === 32, '32 bytes in base64 are needed (openssl rand -base64 32)');

/** Further master keys, with commas between them: those before the present one, or the next one while services restart. */
export const FurtherMasterKeys = z
  .string()
  .default('')
  .transform((text) => text.split(',').filter((part) => part.trim() !== ''))
  .pipe(z.array(MasterKey));

export const Port = z.coerce.number('a port between 0 and 65535 is needed').int().min(0).max(65_535);

/** What the host itself reads, whichever way the service runs. */
export const HostEnvironment = z.object({
  POSTRIDER_MASTER_KEY: MasterKey,
  POSTRIDER_MASTER_KEY_PREVIOUS: FurtherMasterKeys,
  /** How long it is kept who was shown what of people: six years, as some laws ask. */
  POSTRIDER_READING_DAYS: z.coerce.number('a number of days is needed').int().min(1).max(36_500).default(2_190),
  POSTRIDER_API_KEY: z.string().min(16, 'at least 16 characters are needed').optional(),
});
