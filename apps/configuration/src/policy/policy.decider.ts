import type { Decider, Outcome } from '@postrider/decider';
import { PolicyChanged, type EventOf } from '@postrider/event-contracts';
import { isDeepStrictEqual } from 'node:util';

export type PolicyEvent = EventOf<typeof PolicyChanged>;

export interface Policy {
  readonly name: string;
  readonly policyVersion: number;
  readonly policy: Readonly<Record<string, unknown>>;
}
export type PolicyState = Policy | undefined;

export const policy: Decider<PolicyState, PolicyEvent> = {
  initial: undefined,
  evolve: (state, event) => (event.type === 'PolicyChanged' ? event.data : state),
};

/** A policy that says something else has a new version; the same words again change nothing. */
export function putPolicy(
  command: { readonly name: string; readonly policy: Record<string, unknown> },
  state: PolicyState,
): Outcome<PolicyEvent, never> {
  if (state && isDeepStrictEqual(state.policy, command.policy)) return [];
  return [PolicyChanged.of({ ...command, policyVersion: (state?.policyVersion ?? 0) + 1 })];
}
