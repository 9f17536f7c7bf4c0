import { buttonEntries } from './button-entries';
import type { Entry, Severity } from './entry';
import { kindEntries } from './kind-entries';
import { textEntries } from './text-entries';

/** Every finding about a template: a closed list. FINDINGS.md shows it, and a test compares the two. */
export const findingCatalogue = { ...textEntries, ...buttonEntries, ...kindEntries } as const;

export type FindingCode = keyof typeof findingCatalogue;

/** One thing about a template: which, where, how bad, and what to do. */
export interface Finding {
  readonly code: FindingCode;
  readonly path: string;
  readonly message: string;
  readonly severity: Severity;
  readonly remedy: string;
}

/** A finding of the catalogue, at a place, with what is particular to it. */
export function finding(code: FindingCode, path: string, detail?: string, severity?: Severity): Finding {
  const entry: Entry = findingCatalogue[code];
  const message = detail ? `${entry.meaning}: ${detail}` : entry.meaning;
  return { code, path, message: message.slice(0, 500), severity: severity ?? entry.severity, remedy: entry.remedy };
}
