import { MessageAccepted, SendAttempted } from '@postrider/event-contracts';
import { attemptsOf, stateOf } from './message-state';
import type { Entry, MessageView } from './message-view';

export interface Personal {
  readonly to?: { readonly phone?: string; readonly userId?: string };
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** A message as a list shows it. `to` is null for a caller who may not see people. */
export function messageAnswer(messageId: string, view: MessageView, personal: Personal | undefined) {
  const { request } = view;
  const attempts = attemptsOf(view);
  const statuses = inTime(view).filter((entry) => entry.status !== undefined);
  return {
    id: messageId,
    state: stateOf(view),
    channel: request?.channelName,
    to: personal?.to ?? null,
    contact: request?.contactId,
    origin: request?.origin,
    content: request?.content,
    wamid: attempts.findLast(({ wamid }) => wamid !== undefined)?.wamid ?? null,
    reference: request?.reference ?? null,
    requestedAt: request?.at,
    ...(request?.test === true ? { test: true } : {}),
    decision: view.decision?.decision ?? null,
    attempts,
    statuses: statuses.map(({ status, at, errors }) => ({ status, at, ...(errors === undefined ? {} : { errors }) })),
    price: statuses.findLast(({ pricing }) => pricing !== undefined)?.pricing ?? null,
  };
}

/** The same with its whole timeline. */
export function messageWithTimeline(messageId: string, view: MessageView, personal: Personal | undefined) {
  return {
    ...messageAnswer(messageId, view, personal),
    timeline: inTime(view).map(({ version: _, ...entry }) => entry),
  };
}

const ranks: Readonly<Record<string, number>> = { sent: 1, delivered: 2, read: 3, played: 4, failed: 5 };

/**
 * What dispatch did, in its own order, and what Meta reported, at its time. Meta's times are whole seconds, rounded down,
 * by another clock: within a second, what we did comes before what Meta reports of it, and no status comes before the
 * attempt that it is of or its acceptance, which the status itself may have told us.
 */
function inTime(view: MessageView): Entry[] {
  const entries = Object.values(view.entries);
  const moments = new Map<Entry, number>();
  const accepted = new Map<number | undefined, number>();
  let last = 0;
  for (const entry of entries.filter(isOurs).sort((a, b) => a.version - b.version)) {
    last = Math.max(last, Date.parse(entry.at));
    moments.set(entry, last);
    if (entry.type === SendAttempted.type || entry.type === MessageAccepted.type) accepted.set(entry.attempt, last);
  }
  for (const entry of entries.filter((each) => !isOurs(each)))
    moments.set(entry, Math.max(Date.parse(entry.at) + 999, accepted.get(entry.attempt) ?? 0));
  return entries.sort(
    (a, b) =>
      moments.get(a)! - moments.get(b)! ||
      Number(isOurs(b)) - Number(isOurs(a)) ||
      a.version - b.version ||
      (ranks[a.status ?? ''] ?? 0) - (ranks[b.status ?? ''] ?? 0),
  );
}

const isOurs = ({ version }: Entry): boolean => version > 0;
