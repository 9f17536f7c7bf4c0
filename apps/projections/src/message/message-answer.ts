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

/** Meta's times are whole seconds, rounded down: within a second, what we did comes before what Meta reports of it. */
function inTime(view: MessageView): Entry[] {
  const second = (entry: Entry): number => Date.parse(entry.at) + (entry.version === 0 ? 999 : 0);
  return Object.values(view.entries).sort(
    (a, b) =>
      second(a) - second(b) || a.version - b.version || (ranks[a.status ?? ''] ?? 0) - (ranks[b.status ?? ''] ?? 0),
  );
}
