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

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/**
 * What is wrong in the form of several that was meant, which is the one with the least wrong in it; where all say one
 * thing of the whole, as of a text that may be a number too, they are said together.
 */
function meant(forms: readonly (readonly Issue[])[], path: readonly PropertyKey[]): readonly Issue[] | undefined {
  if (forms.length === 0 || forms.some((issues) => issues.length === 0)) return undefined;
  if (forms.every((issues) => issues.length === 1 && issues[0]?.path.length === path.length)) {
    const message = [...new Set(forms.map(([only]) => only?.message))].join(', or: ');
    return [{ path, message }];
  }
  return forms.reduce((least, issues) => (issues.length < least.length ? issues : least));
}

function issuesOf(issues: readonly z.core.$ZodIssue[], prefix: readonly PropertyKey[] = []): Issue[] {
  return issues.slice(0, problemsShown).flatMap((issue): readonly Issue[] => {
    const path = [...prefix, ...issue.path];
    const forms = issue.code === 'invalid_union' ? issue.errors.map((each) => issuesOf(each, path)) : [];
    return meant(forms, path) ?? [{ path, message: issue.message }];
  });
}

/** The problems of a failed zod parse, the first fifty, with paths as `template.components[0].parameters`. */
export function problemsOf(error: z.core.$ZodError): Problem[] {
  return issuesOf(error.issues)
    .slice(0, problemsShown)
    .map(({ path, message }) => ({ path: pathOf(path).slice(0, 500), message: message.slice(0, 500) }));
}

/** Parses an input with a schema and gives values instead of exceptions. */
export function parseWith<T>(schema: z.ZodType<T>, input: unknown): Parsed<T> {
  const parsed = schema.safeParse(input);
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, problems: problemsOf(parsed.error) };
}
