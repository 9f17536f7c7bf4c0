import type { MessageState } from '../message/message.decider';
import type { DueRow } from './due.table';

/** What a state says is still to be done. */
export type DueState = Omit<DueRow, 'messageId' | 'workspaceId' | 'version' | 'pairKey'>;

/** A status of an attempt can come this long after the message has ended. */
const watchedMs = 7 * 24 * 3_600_000;

/** What is still to be done about a message in this state, changed at this time; nothing where it is over. */
export function dueOf(state: MessageState, changedAt: Date): DueState | undefined {
  if (state.request === undefined) return undefined;
  const { senderId, channelId, contactId, lane, expiresAt, origin, pace } = state.request.data;
  const last = state.attempts.at(-1);
  const row = (kind: DueState['kind'], dueAt: Date): DueState => ({
    senderId,
    channelId,
    contactId,
    campaignId: origin.kind === 'campaign' ? (origin.id ?? null) : null,
    lane,
    paceKey: pace?.key ?? null,
    pacePerSecond: pace?.perSecond ?? null,
    kind,
    dueAt,
    heldBy: state.heldBy ?? null,
    attempt: last?.number ?? 0,
    fence: String(last?.fence ?? 0),
  });
  const soon = state.dueAt === undefined ? changedAt : new Date(state.dueAt);
  switch (state.phase) {
    case 'requested':
    case 'held':
    case 'retrying':
      // Whatever it waits for, it ends when it expires.
      return row('send', expiresAt === undefined ? soon : new Date(Math.min(soon.getTime(), Date.parse(expiresAt))));
    case 'sending':
      return row('flight', changedAt);
    case 'unknown':
      return state.dueAt === undefined ? row('operator', changedAt) : row('settle', soon);
    default: {
      if (state.attempts.some(({ outcome }) => outcome === 'open')) return row('flight', changedAt);
      const another = state.attempts.some(({ settled, outcome }) => settled !== undefined || outcome === 'unknown');
      return another ? row('watch', new Date(changedAt.getTime() + watchedMs)) : undefined;
    }
  }
}
