import { z } from 'zod';
import { problemsOf, type Problem } from '../problems';

/** Meta's numbers come as texts on some fields and as integers on others; both come out as text. */
export const wireId = z.union([z.string(), z.number().transform(String)]);
/** Seconds since 1970, text or integer on the wire, text here. */
export const seconds = z.union([
  z.string().regex(/^\d{1,12}$/, 'must be seconds since 1970'),
  z.int().min(0).max(999_999_999_999).transform(String),
]);
export const some = z.string().optional();

/** An error as webhooks carry it; older ones have `details` at the top. */
export const WireError = z.looseObject({
  code: z.union([
    z.int(),
    z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
  ]),
  title: some,
  message: some,
  error_data: z.looseObject({ details: some }).optional(),
  details: some,
  href: some,
});
export type WireError = z.infer<typeof WireError>;

/** Meta's explanation in an error, wherever it stands. */
export const detailsOf = (error: WireError): string | undefined => error.error_data?.details ?? error.details;

export const Metadata = z.looseObject({ display_phone_number: wireId.optional(), phone_number_id: wireId });
export type Metadata = z.infer<typeof Metadata>;

export const WireContact = z.looseObject({
  profile: z.looseObject({ name: some, username: some }).optional(),
  wa_id: wireId.optional(),
  user_id: some,
  parent_user_id: some,
  identity_key_hash: some,
});
export type WireContact = z.infer<typeof WireContact>;

/** One item of a delivery, read on its own: what it holds, or why it could not be read. `raw` is always what came. */
export type Item<T> =
  | { readonly ok: true; readonly value: T; readonly raw: unknown }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly raw: unknown };

export function readItem<T>(schema: z.ZodType<T>, raw: unknown): Item<T> {
  const parsed = schema.safeParse(raw);
  return parsed.success
    ? { ok: true, value: parsed.data, raw }
    : { ok: false, problems: problemsOf(parsed.error), raw };
}

/** Reads each item of a list on its own, so that one that is broken does not spoil the rest. */
export function readItems<T>(schema: z.ZodType<T>, raw: unknown): Item<T>[] {
  if (raw === undefined || raw === null) return [];
  return (Array.isArray(raw) ? raw : [raw]).map((item) => readItem(schema, item));
}

/** The moment of a wire timestamp. */
export const momentOf = (timestamp: string): Date => new Date(Number(timestamp) * 1000);
