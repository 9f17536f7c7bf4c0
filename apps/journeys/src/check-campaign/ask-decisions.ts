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

/** What messages would take of limits that they share. */
export interface UsedUp {
  readonly openings: number;
  readonly priceMicros: number;
}

export interface DecisionsAnswer {
  readonly decisions: readonly Decided[];
  readonly quiet: readonly (readonly QuietClock[])[];
  readonly portfolio?: { readonly limit: number; readonly used: number };
  /** By these messages and all that were before them. */
  readonly usedUp: UsedUp;
}

/**
 * Asks dispatch what would happen to these messages, bodies of `POST /v1/messages`, without sending any. `before`
 * is what the messages asked about before these would use up. Undefined where dispatch cannot be asked: a check then says
 * that it does not know.
 */
export type AskDecisions = (
  caller: Pick<Caller, 'workspaceId'>,
  messages: readonly Readonly<Record<string, unknown>>[],
  before?: UsedUp,
) => Promise<DecisionsAnswer | undefined>;
