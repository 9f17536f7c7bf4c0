/** A fact as the domain sees it: its name, what anyone may see, and what identifies or quotes a person. */
export interface DomainEvent<Type extends string = string, Data = unknown, Personal = unknown> {
  readonly type: Type;
  readonly data: Data;
  readonly personal?: Personal;
}

/** How a stream's state follows from its events. `evolve` is total: events it does not know leave the state as it is. */
export interface Decider<State, Event extends DomainEvent> {
  readonly initial: State;
  evolve(state: State, event: Event): State;
}

/** The domain says no. Expected, so a value and not an exception. */
export interface Refusal<Code extends string = string> {
  readonly refused: Code;
  readonly because: string;
}

/** What a decision function answers: the events that follow, or why nothing follows. */
export type Outcome<Event extends DomainEvent, Code extends string = string> = readonly Event[] | Refusal<Code>;

export function refuse<Code extends string>(refused: Code, because: string): Refusal<Code> {
  return { refused, because };
}

export function isRefusal(outcome: unknown): outcome is Refusal {
  return typeof outcome === 'object' && outcome !== null && 'refused' in outcome;
}

/** The state that `events`, in order, lead to. */
export function fold<State, Event extends DomainEvent>(
  decider: Decider<State, Event>,
  events: Iterable<Event>,
  from: State = decider.initial,
): State {
  let state = from;
  for (const event of events) state = decider.evolve(state, event);
  return state;
}
