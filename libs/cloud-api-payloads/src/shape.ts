import { z } from 'zod';

/** The length of a text in code points, as Meta counts characters; stops counting once it is past `enough`. */
export function characters(text: string, enough = Number.MAX_SAFE_INTEGER): number {
  if (text.length <= enough && text.length < 2) return text.length;
  if (text.length > enough * 2) return enough + 1;
  let count = 0;
  for (const _ of text) if (++count > enough) break;
  return count;
}

/** A text of 1 to `max` characters. */
export const text = (max: number) =>
  z
    .string()
    .min(1, 'must not be empty')
    .refine((value) => characters(value, max) <= max, `must be at most ${max} characters`)
    .meta({ maxLength: max });

/** As `text`, but it may be empty. */
export const textOrNothing = (max: number) =>
  z
    .string()
    .refine((value) => characters(value, max) <= max, `must be at most ${max} characters`)
    .meta({ maxLength: max });

/** A list whose length is judged before its items, so that a huge one costs nothing. */
export const list = <T extends z.ZodType>(item: T, size: { min?: number; max: number }) =>
  z
    .custom<readonly z.input<T>[]>((value) => Array.isArray(value), { message: 'must be a list', abort: true })
    .refine((value) => value.length >= (size.min ?? 0), {
      message: `must have at least ${size.min} items`,
      abort: true,
    })
    .refine((value) => value.length <= size.max, { message: `must have at most ${size.max} items`, abort: true })
    // What a JSON Schema made of it says.
    .meta({ type: 'array', ...(size.min ? { minItems: size.min } : {}), maxItems: size.max })
    .pipe(z.array(item) as unknown as z.ZodType<z.output<T>[], readonly z.input<T>[]>);

/** An identifier that Meta gives as a decimal text; integers are taken too, where they are exact. */
export const id = z.union([z.string().min(1), z.int().transform(String)]);

export const nonEmpty = z.string().min(1, 'must not be empty');

/** A web address, as Meta takes it for links: http or https. */
export const link = z
  .string()
  .min(1, 'must not be empty')
  .max(2048, 'must be at most 2048 characters')
  .regex(/^https?:\/\//i, 'must be an http or https address');
