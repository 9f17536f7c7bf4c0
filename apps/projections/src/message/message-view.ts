import {
  MessageRequested,
  StatusReported,
  type Decision,
  type EventOf,
  type RecordedEvent,
  type SendError,
} from '@postrider/event-contracts';
import { isA } from '../is-a';

/** One event of a message's life, as the timeline shows it. */
export interface Entry {
  readonly type: string;
  /** For a status by Meta's clock, else by ours. */
  readonly at: string;
  /** The place in dispatch's stream; 0 for what Meta reported, which stands in no order. */
  readonly version: number;
  readonly attempt?: number;
  readonly code?: string;
  readonly because?: string;
  readonly until?: string;
  readonly retryAt?: string;
  readonly decideAt?: string;
  readonly wamid?: string;
  readonly messageStatus?: string;
  readonly outcome?: string;
  readonly by?: string;
  readonly error?: SendError;
  readonly status?: string;
  readonly errors?: readonly { code: number; title?: string; details?: string }[];
  readonly pricing?: { billable?: boolean; model?: string; type?: string; category?: string };
  readonly attempts?: readonly number[];
  readonly wamids?: readonly string[];
}

export type Request = Omit<EventOf<typeof MessageRequested>['data'], 'decision'> & {
  readonly at: string;
  readonly aliasKeys: readonly string[];
};

/**
 * What is known of one message: a set of entries by event id, and the newest of what has one value. Joining is set union
 * and maximum, so any order and any repetition of the events leads to the same view.
 */
export interface MessageView {
  readonly request?: Request;
  /** The decision itself is absent in a view that only its fold has read, as it lies apart (`storedView`). */
  readonly decision?: { readonly version: number; readonly decision?: Decision };
  readonly entries: Readonly<Record<string, Entry>>;
}

export const emptyView: MessageView = { entries: {} };

/** The view with one more event; the same object where the event adds nothing. */
export function joined(view: MessageView, event: RecordedEvent): MessageView {
  if (view.entries[event.id] !== undefined) return view;
  const entry = entryOf(event);
  if (entry === undefined) return view;
  const decision = decisionOf(event);
  const newer = decision !== undefined && event.streamVersion > (view.decision?.version ?? 0);
  return {
    ...view,
    ...(isA(MessageRequested, event) ? { request: requestOf(event) } : {}),
    ...(newer ? { decision: { version: event.streamVersion, decision } } : {}),
    entries: { ...view.entries, [event.id]: entry },
  };
}

/** A view as it is stored: the decision in a column of its own, null where it is not a new one. */
export function storedView(view: MessageView): { view: MessageView; decision: Decision | null } {
  if (view.decision === undefined) return { view, decision: null };
  const { version, decision = null } = view.decision;
  return { view: { ...view, decision: { version } }, decision };
}

function requestOf(event: RecordedEvent): Request {
  const { decision: _, ...data } = event.data as EventOf<typeof MessageRequested>['data'];
  return { ...data, at: event.at.toISOString(), aliasKeys: event.aliasKeys };
}

function decisionOf(event: RecordedEvent): Decision | undefined {
  return (event.data as { decision?: Decision }).decision;
}

function entryOf(event: RecordedEvent): Entry | undefined {
  const ours = { type: event.type, at: event.at.toISOString(), version: event.streamVersion };
  if (isA(MessageRequested, event)) {
    const { code, outcome, until } = event.data.decision;
    return defined({ ...ours, code, outcome, until });
  }
  if (isA(StatusReported, event)) {
    const { attempt, wamid, status, errors, pricing, happenedAt } = event.data;
    return defined({ type: event.type, at: happenedAt, version: 0, attempt, wamid, status, errors, pricing });
  }
  if (event.service !== 'dispatch') return undefined;
  const { messageId: _, decision: __, ...told } = event.data as Record<string, unknown>;
  const { senderId: ___, fence: ____, expiresAt, ...shown } = told;
  return defined({ ...ours, ...shown, ...(expiresAt === undefined ? {} : { until: expiresAt }) } as Entry);
}

function defined(entry: Entry): Entry {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as unknown as Entry;
}
