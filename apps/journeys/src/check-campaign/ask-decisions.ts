import type { Caller } from '@postrider/service-host';

/** What dispatch would decide now. */
export interface Decided {
  readonly outcome: 'send' | 'hold' | 'refuse';
  readonly code?: string;
}

/**
 * Asks dispatch what would happen to these messages, bodies of `POST /v1/messages`, without sending any. Undefined where
 * dispatch cannot be asked: a check then says that it does not know.
 */
export type AskDecisions = (
  caller: Pick<Caller, 'workspaceId'>,
  messages: readonly Readonly<Record<string, unknown>>[],
) => Promise<readonly Decided[] | undefined>;
