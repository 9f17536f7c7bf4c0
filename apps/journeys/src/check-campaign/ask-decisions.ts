import type { QuietClock } from '@postrider/compliance';
import type { Caller } from '@postrider/service-host';

/** What dispatch would decide now. */
export interface Decided {
  readonly outcome: 'send' | 'hold' | 'refuse';
  readonly code?: string;
  /** Of a hold: when it is looked at again. */
  readonly until?: string;
  /** Which of the answer's `quiet` are this person's clocks. */
  readonly quiet: number;
}

export interface DecisionsAnswer {
  readonly decisions: readonly Decided[];
  readonly quiet: readonly (readonly QuietClock[])[];
  readonly portfolio?: { readonly limit: number; readonly used: number };
}

/**
 * Asks dispatch what would happen to these messages, bodies of `POST /v1/messages`, without sending any. Undefined where
 * dispatch cannot be asked: a check then says that it does not know.
 */
export type AskDecisions = (
  caller: Pick<Caller, 'workspaceId'>,
  messages: readonly Readonly<Record<string, unknown>>[],
) => Promise<DecisionsAnswer | undefined>;
