import type { z } from 'zod';

/** One thing wrong with an input: where, and what. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

/** What a parse gives: the value, or what is wrong with the input. Nothing is thrown. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: Problem[] };

const problemsShown = 50;

function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index ? '.' : ''}${String(part)}`))
    .join('');
}

/** The problems of a failed zod parse, the first fifty, with paths as `template.components[0].parameters`. */
export function problemsOf(error: z.core.$ZodError): Problem[] {
  return error.issues.slice(0, problemsShown).map((issue) => ({
    path: pathOf(issue.path).slice(0, 500),
    message: issue.message.slice(0, 500),
  }));
}

/** Parses an input with a schema and gives values instead of exceptions. */
export function parseWith<T>(schema: z.ZodType<T>, input: unknown): Parsed<T> {
  const parsed = schema.safeParse(input);
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, problems: problemsOf(parsed.error) };
}
