import type { SendError } from '@postrider/event-contracts';
import type { Entry, MessageView } from './message-view';

export const messageStates = [
  'requested',
  'held',
  'sending',
  'retrying',
  'unknown',
  'accepted',
  'sent',
  'delivered',
  'read',
  'failed',
  'refused',
  'cancelled',
  'expired',
] as const;
export type MessageState = (typeof messageStates)[number];

export type AttemptState = 'sending' | 'not-sent' | 'unknown' | 'failed' | 'accepted' | 'sent' | 'delivered' | 'read';

export interface Attempt {
  readonly attempt: number;
  readonly at?: string;
  readonly state: AttemptState;
  readonly wamid?: string;
  readonly error?: SendError;
  readonly retryAt?: string;
}

/**
 * Where a message stands, whatever order its events came in. Meta's statuses are a join by rank:
 * `accepted < sent < failed < delivered < read`. `failed` outranks `sent`, because Meta tells most refusals after
 * accepting; `delivered` and `read` outrank `failed`, because the message did reach the person: a `failed` beside them
 * (another device, a late expiry) stays in the statuses and changes nothing. `played` counts as `read`.
 * Undefined until the request itself is known.
 */
export function stateOf(view: MessageView): MessageState | undefined {
  if (!states.has(view)) states.set(view, newStateOf(view));
  return states.get(view);
}

/** Each follower of a change asks for the state before and after; a view never changes, so it is found out once. */
const states = new WeakMap<MessageView, MessageState | undefined>();

function newStateOf(view: MessageView): MessageState | undefined {
  if (view.request === undefined) return undefined;
  const tried = attemptsOf(view);
  const reached = (['read', 'delivered', 'sent', 'accepted'] as const).find((state) =>
    tried.some((attempt) => attempt.state === state),
  );
  if (reached !== undefined) return reached;

  const ours = dispatchEntries(view);
  const final = ours.map(finalState).find((state) => state !== undefined);
  if (final !== undefined) return final;
  const last = ours.filter((entry) => moves.has(entry.type)).at(-1);
  if (last !== undefined && isHold(last)) return 'held';
  const attempt = tried.at(-1);
  if (attempt === undefined) return 'requested';
  if (attempt.state === 'sending' || attempt.state === 'unknown') return attempt.state;
  return attempt.state === 'not-sent' || attempt.retryAt !== undefined ? 'retrying' : 'failed';
}

const moves = new Set([
  'MessageRequested',
  'MessageHeld',
  'MessageReleased',
  'SendAttempted',
  'AttemptNotSent',
  'AttemptFailed',
  'OutcomeUnknown',
  'OutcomeResolved',
]);

function isHold(entry: Entry): boolean {
  return entry.type === 'MessageHeld' || (entry.type === 'MessageRequested' && entry.outcome === 'hold');
}

function finalState(entry: Entry): MessageState | undefined {
  if (entry.type === 'MessageRefused') return 'refused';
  if (entry.type === 'MessageRequested' && entry.outcome === 'refuse') return 'refused';
  if (entry.type === 'MessageCancelled') return 'cancelled';
  if (entry.type === 'MessageExpired') return 'expired';
  if (entry.type === 'MessageFailed') return 'failed';
  return undefined;
}

/** What dispatch said, in its stream's order. */
export function dispatchEntries(view: MessageView): Entry[] {
  return Object.values(view.entries)
    .filter((entry) => entry.version > 0)
    .sort((a, b) => a.version - b.version);
}

/** Each attempt with the best that is known of it, in order. */
export function attemptsOf(view: MessageView): readonly Attempt[] {
  const known = attempts.get(view) ?? newAttemptsOf(view);
  attempts.set(view, known);
  return known;
}

const attempts = new WeakMap<MessageView, readonly Attempt[]>();

function newAttemptsOf(view: MessageView): Attempt[] {
  const entries = Object.values(view.entries);
  const ours = dispatchEntries(view);
  const attemptOfWamid = new Map(
    ours.flatMap(({ wamid, attempt }) => (wamid === undefined || attempt === undefined ? [] : [[wamid, attempt]])),
  );
  const latest = Math.max(0, ...entries.map((entry) => entry.attempt ?? 0));
  /** A status without our callback data is the attempt's whose wamid it has, or else the last one's. */
  const attemptMeant = (entry: Entry): number => {
    if (entry.version === 0) return attemptOfWamid.get(entry.wamid ?? '') ?? Math.max(latest, 1);
    return entry.type === 'MessageFailed' ? latest : 0;
  };
  const byAttempt = new Map<number, Entry[]>();
  for (const entry of [...ours, ...entries.filter(({ version }) => version === 0)]) {
    const attempt = entry.attempt ?? attemptMeant(entry);
    if (attempt > 0) byAttempt.set(attempt, [...(byAttempt.get(attempt) ?? []), entry]);
  }
  return [...byAttempt.keys()].sort((a, b) => a - b).map((number) => attemptOf(number, byAttempt.get(number) ?? []));
}

function attemptOf(attempt: number, entries: readonly Entry[]): Attempt {
  const of = (type: string): Entry | undefined => entries.filter((entry) => entry.type === type).at(-1);
  const failed = of('AttemptFailed') ?? of('MessageFailed');
  const at = of('SendAttempted')?.at;
  const wamid = entries.map((entry) => entry.wamid).find((id) => id !== undefined);
  const error = failed?.error ?? of('OutcomeResolved')?.error ?? statusError(entries);
  const resent = entries.find((entry) => entry.outcome === 'resend');
  const retryAt = of('AttemptFailed')?.retryAt ?? of('AttemptNotSent')?.retryAt ?? resent?.at;
  return {
    attempt,
    state: attemptState(entries),
    ...(at === undefined ? {} : { at }),
    ...(wamid === undefined ? {} : { wamid }),
    ...(error === undefined ? {} : { error }),
    ...(retryAt === undefined ? {} : { retryAt }),
  };
}

function statusError(entries: readonly Entry[]): SendError | undefined {
  const reported = entries.flatMap((entry) => entry.errors ?? []).at(0);
  if (reported === undefined) return undefined;
  const { code, title, details } = reported;
  return {
    metaCode: code,
    code: String(code),
    title: title ?? `Meta's error ${code}`,
    ...(details ? { details } : {}),
  };
}

function attemptState(entries: readonly Entry[]): AttemptState {
  const statuses = new Set(entries.map((entry) => entry.status));
  const types = new Set(entries.map((entry) => entry.type));
  const resolved = entries.filter((entry) => entry.type === 'OutcomeResolved').at(-1)?.outcome;
  // Giving up on an unknown outcome ends in MessageFailed too; if Meta then says `sent`, it was sent.
  const gaveUp = resolved === 'give-up';
  if (statuses.has('read') || statuses.has('played')) return 'read';
  if (statuses.has('delivered')) return 'delivered';
  if (statuses.has('failed') || types.has('AttemptFailed') || resolved === 'failed') return 'failed';
  if (types.has('MessageFailed') && !gaveUp) return 'failed';
  if (statuses.has('sent')) return 'sent';
  if (types.has('MessageAccepted') || resolved === 'accepted') return 'accepted';
  if (gaveUp) return 'failed';
  if (types.has('OutcomeUnknown')) return 'unknown';
  return types.has('AttemptNotSent') ? 'not-sent' : 'sending';
}
