import { z } from 'zod';
import { Problem } from './problem';

/** One thing that is wrong with a request; `path` is dotted: `messages.0.to.phone`. */
export interface Finding {
  readonly path: string;
  readonly message: string;
}

/** The body in the form that `schema` asks for, or 400 `malformed` with every finding. Unknown fields are findings. */
export function parseBody<T extends z.ZodType>(schema: T, raw: unknown): z.infer<T> {
  return parse(schema, raw, 'The body does not have the form that this address takes.');
}

/** As `parseBody`, for the query string, whose values are text: use `z.coerce` for numbers. */
export function parseQuery<T extends z.ZodType>(schema: T, raw: unknown): z.infer<T> {
  return parse(schema, raw ?? {}, 'The query string does not have the form that this address takes.');
}

/** A path parameter that names a thing by uuid; any other text names nothing, so it is 404 and not 400. */
export function parseId(raw: string, what = 'thing'): string {
  const id = z.uuid().safeParse(raw);
  if (!id.success) throw new Problem('not-found', `There is no ${what} with this id.`);
  return id.data;
}

function parse<T extends z.ZodType>(schema: T, raw: unknown, detail: string): z.infer<T> {
  const parsed = strictOf(schema).safeParse(raw);
  if (parsed.success) return parsed.data as z.infer<T>;
  throw new Problem('malformed', detail, { errors: findingsOf(parsed.error.issues) });
}

const strict = new WeakMap<z.ZodType, z.ZodType>();

/** A misspelt field must not pass unseen, so an object that says nothing about unknown fields refuses them. */
function strictOf(schema: z.ZodType): z.ZodType {
  if (!(schema instanceof z.ZodObject) || schema.def.catchall !== undefined) return schema;
  const known = strict.get(schema);
  if (known) return known;
  const made = schema.strict();
  strict.set(schema, made);
  return made;
}

/** zod's issues, one line each; of a union, those of the alternative that came closest. */
export function findingsOf(issues: readonly z.core.$ZodIssue[], under: readonly PropertyKey[] = []): Finding[] {
  return issues.flatMap((issue) => {
    const path = [...under, ...issue.path];
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ path: dotted([...path, key]), message: 'there is no such field' }));
    if (issue.code === 'invalid_union' && issue.errors.length > 0)
      return findingsOf([...issue.errors].sort((a, b) => distance(a) - distance(b))[0]!, path);
    return [{ path: dotted(path), message: issue.message }];
  });
}

/** A wrong type at the top of an alternative means that another one was meant; it counts more than a wrong field. */
function distance(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.path.length === 0 && issue.code === 'invalid_type' ? 100 : 1), 0);
}

function dotted(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}
