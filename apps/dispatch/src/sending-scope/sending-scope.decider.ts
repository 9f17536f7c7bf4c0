import type { Decider } from '@postrider/decider';
import { SendingPaused, SendingResumed, type EventOf, type SendError } from '@postrider/event-contracts';
import type { z } from 'zod';

export type ScopeEvent = EventOf<typeof SendingPaused> | EventOf<typeof SendingResumed>;

/** What Meta's errors may stop: an account, a number, a template. */
export interface Scope {
  readonly scope: 'account' | 'sender' | 'template';
  readonly scopeId: string;
}

export interface ScopeState {
  readonly paused?: { readonly code: string; readonly until?: string };
}

/** Whether sending goes on in a scope, as far as Meta's answers have told. */
export const scopeDecider: Decider<ScopeState, ScopeEvent> = {
  initial: {},
  evolve(_, event) {
    if (event.type === 'SendingResumed') return {};
    const { error, until } = event.data;
    return { paused: { code: error.code, ...(until === undefined ? {} : { until }) } };
  },
};

/** A pause that adds nothing to the one in force says nothing. */
export function pause(
  state: ScopeState,
  scope: Scope,
  { error, until }: { error: z.infer<typeof SendError>; until?: Date },
): ScopeEvent[] {
  const { paused } = state;
  const isLonger =
    paused === undefined ||
    (paused.until !== undefined && (until === undefined || until.getTime() > Date.parse(paused.until)));
  return isLonger
    ? [SendingPaused.of({ ...scope, error, ...(until === undefined ? {} : { until: until.toISOString() }) })]
    : [];
}

export function resume(state: ScopeState, scope: Scope, because: string): ScopeEvent[] {
  return state.paused === undefined ? [] : [SendingResumed.of({ ...scope, because })];
}
