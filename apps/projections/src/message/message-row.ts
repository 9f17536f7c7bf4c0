import { derivedId } from '@postrider/keys';
import { attemptsOf, dispatchEntries, stateOf, type MessageState } from './message-state';
import type { MessageView } from './message-view';

export const buckets = ['pending', 'held', 'unknown', 'sent', 'failed', 'refused', 'cancelled', 'expired'] as const;
export type Bucket = (typeof buckets)[number];

const bucketByState: Readonly<Record<MessageState, Bucket>> = {
  requested: 'pending',
  sending: 'pending',
  retrying: 'pending',
  held: 'held',
  unknown: 'unknown',
  accepted: 'sent',
  sent: 'sent',
  delivered: 'sent',
  read: 'sent',
  failed: 'failed',
  refused: 'refused',
  cancelled: 'cancelled',
  expired: 'expired',
};

/** The one bucket that a message in this state counts in. */
export const bucketOf = (state: MessageState): Bucket => bucketByState[state];

/** What lists and look-ups of messages go by; all of it follows from the view. */
export interface MessageColumns {
  readonly requested_at: string | null;
  readonly state: MessageState | null;
  readonly channel: string | null;
  readonly template: string | null;
  readonly campaign: string | null;
  readonly contact_id: string | null;
  readonly reference: string | null;
  readonly conversation_id: string | null;
  readonly wamid: string | null;
  /** When Meta last took it; from then on a status is due. */
  readonly accepted_at: string | null;
}

export function columnsOf(view: MessageView): MessageColumns {
  const { request } = view;
  const alias = request?.aliasKeys[0];
  return {
    requested_at: request?.at ?? null,
    state: stateOf(view) ?? null,
    channel: request?.channelName ?? null,
    template: request?.content.template?.name ?? null,
    campaign: campaignOf(view) ?? null,
    contact_id: request?.contactId ?? null,
    reference: request?.reference ?? null,
    conversation_id: request && alias ? derivedId.conversation(request.senderId, alias) : null,
    wamid: attemptsOf(view).findLast(({ wamid }) => wamid !== undefined)?.wamid ?? null,
    accepted_at: dispatchEntries(view).findLast(({ type }) => type === 'MessageAccepted')?.at ?? null,
  };
}

export function campaignOf({ request }: MessageView): string | undefined {
  return request?.origin.kind === 'campaign' ? request.origin.id : undefined;
}
