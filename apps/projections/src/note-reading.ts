import type { Caller } from '@postrider/service-host';
import type { Logger } from 'pino';

/** Writes down who was shown what of people, and when; by ids alone. */
export type NoteReading = (caller: Caller, what: 'conversation' | 'message', ids: readonly string[]) => void;

export const NoteReading = Symbol('NoteReading');

/** One line for each request that showed numbers, names or words: a regulated workspace must be able to answer for them. */
export function noteReading(logger: Logger): NoteReading {
  return ({ actor, workspaceId, correlationId, scopes }, what, ids) => {
    if (!scopes.includes('personal') || ids.length === 0) return;
    logger.info({ actor, workspaceId, correlationId, what, ids }, 'personal parts were read');
  };
}

/** The ids that an answer shows. */
export const idsOf = (answer: { readonly data: readonly unknown[] }): string[] =>
  answer.data.map((row) => (row as { id: string }).id);
