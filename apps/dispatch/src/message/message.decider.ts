import type { Decider } from '@postrider/decider';
import type { MessageEvent, Request } from './message-events';

/**
 * One POST, or what was to be one. What is known of it only grows: open, then unknown, then accepted, then failed; so
 * an answer, a status and a recovery may be recorded in any order and lead to the same.
 */
export interface Attempt {
  readonly number: number;
  readonly fence: number;
  readonly outcome: 'open' | 'not-sent' | 'unknown' | 'accepted' | 'failed';
  readonly wamid?: string;
  /** What the error table calls the failure. */
  readonly errorCode?: string;
  /** How an unknown outcome was settled without being learnt. */
  readonly settled?: 'resend' | 'give-up' | 'hold';
}

export interface MessageState {
  /** Statuses that follow the acceptance are the projections' concern. */
  readonly phase:
    | 'absent'
    | 'requested'
    | 'held'
    | 'sending'
    | 'retrying'
    | 'unknown'
    | 'accepted'
    | 'failed'
    | 'refused'
    | 'cancelled'
    | 'expired';
  readonly request?: Request;
  readonly attempts: readonly Attempt[];
  /** When it is to be looked at next, where it is waiting. ISO 8601. */
  readonly dueAt?: string;
  /** The code of the rule that holds it. */
  readonly heldBy?: string;
  /** The wamids of which a double delivery was reported. */
  readonly duplicates: readonly string[];
}

const initial: MessageState = { phase: 'absent', attempts: [], duplicates: [] };

/** A message's stream: from request to acceptance or to the reason why not. */
export const messageDecider: Decider<MessageState, MessageEvent> = { initial, evolve };

function evolve(state: MessageState, event: MessageEvent): MessageState {
  switch (event.type) {
    case 'MessageRequested':
      return { ...state, phase: 'requested', request: event, dueAt: event.data.scheduledAt };
    case 'MessageHeld':
      return { ...state, phase: 'held', heldBy: event.data.code, dueAt: event.data.until };
    case 'MessageReleased':
      return { ...state, phase: waitingPhase(state), heldBy: undefined, dueAt: undefined };
    case 'MessageRefused':
      return ended(state, 'refused');
    case 'MessageCancelled':
      return ended(state, 'cancelled');
    case 'MessageExpired':
      return ended(state, 'expired');
    case 'DuplicateSendDetected':
      return { ...state, duplicates: event.data.wamids };
    case 'MessageFailed': {
      const { attempt, error } = event.data;
      const known =
        attempt === undefined ? state : learnt(state, attempt, { outcome: 'failed', errorCode: error.code });
      return ended(known, hasArrived(known) ? 'accepted' : 'failed');
    }
    default:
      return afterAttempt(state, event);
  }
}

type AttemptEvent = Extract<
  MessageEvent,
  {
    type:
      'SendAttempted' | 'AttemptNotSent' | 'MessageAccepted' | 'AttemptFailed' | 'OutcomeUnknown' | 'OutcomeResolved';
  }
>;

function afterAttempt(state: MessageState, event: AttemptEvent): MessageState {
  const { attempt } = event.data;
  switch (event.type) {
    case 'SendAttempted': {
      const made: Attempt = { number: attempt, fence: event.data.fence, outcome: 'open' };
      return { ...state, phase: 'sending', attempts: [...state.attempts, made], heldBy: undefined, dueAt: undefined };
    }
    case 'AttemptNotSent':
      return waiting(learnt(state, attempt, { outcome: 'not-sent' }), event.data.retryAt);
    case 'AttemptFailed':
      return waiting(
        learnt(state, attempt, { outcome: 'failed', errorCode: event.data.error.code }),
        event.data.retryAt,
      );
    case 'MessageAccepted':
      return accepted(state, attempt, event.data.wamid);
    case 'OutcomeUnknown':
      if (outcomeOf(state, attempt) !== 'open') return state;
      return { ...learnt(state, attempt, { outcome: 'unknown' }), phase: 'unknown', dueAt: event.data.decideAt };
    case 'OutcomeResolved':
      return resolved(state, event.data);
  }
}

function resolved(state: MessageState, data: Extract<AttemptEvent, { type: 'OutcomeResolved' }>['data']): MessageState {
  switch (data.outcome) {
    case 'accepted':
      return accepted(state, data.attempt, data.wamid);
    case 'failed':
      // What follows from it stands in the event beside it.
      return learnt(state, data.attempt, { outcome: 'failed', errorCode: data.error?.code });
    default: {
      if (outcomeOf(state, data.attempt) !== 'unknown') return state;
      const settled = changed(state, data.attempt, { settled: data.outcome });
      if (state.phase !== 'unknown') return settled;
      return { ...settled, dueAt: undefined, ...(data.outcome === 'resend' ? { phase: 'retrying' } : {}) };
    }
  }
}

function accepted(state: MessageState, attempt: number, wamid: string | undefined): MessageState {
  const known = learnt(state, attempt, { outcome: 'accepted', wamid });
  return outcomeOf(known, attempt) === 'accepted' ? ended(known, 'accepted') : known;
}

const certainty: Readonly<Record<Attempt['outcome'], number>> = {
  open: 0,
  unknown: 1,
  'not-sent': 2,
  accepted: 2,
  failed: 3,
};

/** Adds what is now known of an attempt; what is known better already stays. */
function learnt(state: MessageState, attempt: number, news: Partial<Attempt> & Pick<Attempt, 'outcome'>): MessageState {
  const known = outcomeOf(state, attempt);
  if (known === undefined) return state;
  if (certainty[news.outcome] > certainty[known]) return changed(state, attempt, news);
  return news.wamid === undefined ? state : changed(state, attempt, { wamid: news.wamid });
}

const changed = (state: MessageState, attempt: number, news: Partial<Attempt>): MessageState => ({
  ...state,
  attempts: state.attempts.map((made) => (made.number === attempt ? { ...made, ...news } : made)),
});

const outcomeOf = (state: MessageState, attempt: number): Attempt['outcome'] | undefined =>
  state.attempts.find(({ number }) => number === attempt)?.outcome;

const hasArrived = (state: MessageState): boolean => state.attempts.some(({ outcome }) => outcome === 'accepted');

const waitingPhase = (state: MessageState): 'requested' | 'retrying' =>
  state.attempts.length > 0 ? 'retrying' : 'requested';

/** Another attempt may follow, unless one has arrived or is under way, or the message has ended otherwise. */
function waiting(state: MessageState, dueAt: string): MessageState {
  if (hasArrived(state)) return ended(state, 'accepted');
  const isOver = ['failed', 'refused', 'cancelled', 'expired'].includes(state.phase);
  const underWay = state.attempts.some(({ outcome }) => outcome === 'open');
  return isOver || underWay ? state : { ...state, phase: 'retrying', dueAt };
}

const ended = (state: MessageState, phase: MessageState['phase']): MessageState => ({
  ...state,
  phase,
  heldBy: undefined,
  dueAt: undefined,
});
