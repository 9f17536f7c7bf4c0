import { GroupMessageReceived, MessageEdited, MessageReceived, type RecordedEvent } from '@postrider/event-contracts';
import type { Fold } from '@postrider/messaging';
import { derivedId } from '@postrider/keys';
import { insertMediaJobs } from './insert-media-jobs.sql';

/** A file that a message names, to be fetched. */
export interface MediaJob {
  readonly id: string;
  readonly workspace_id: string;
  /** Of a conversation or of a group. */
  readonly place: object;
  readonly wamid: string;
  readonly media_id: string;
  readonly mime_type: string | null;
  readonly sha256: string | null;
  /** Where the webhook said it is, for five minutes. */
  readonly url: string | null;
  readonly ordering_key: string;
  readonly alias_keys: readonly string[];
  readonly received_at: string;
}

const mediaTypes = ['image', 'video', 'audio', 'document', 'sticker'] as const;

/** The files that a message, or what it was changed to, brings. */
export function mediaJobsOf(event: RecordedEvent): MediaJob[] {
  const { conversationId, groupId, accountId, senderId, wabaId, phoneNumberId, wamid } = event.data as Record<
    string,
    string
  >;
  const { message } = (event.personal ?? {}) as { message?: Record<string, unknown> };
  const edited = (message?.edit as { message?: Record<string, unknown> } | undefined)?.message;
  return mediaTypes.flatMap((type): MediaJob[] => {
    const media = (edited?.[type] ?? message?.[type]) as Record<string, unknown> | undefined;
    const id = textOf(media?.id);
    if (id === null || !/^[\w-]{1,64}$/.test(id)) return [];
    return [
      {
        id: derivedId.fact('media', senderId!, wamid!, id),
        workspace_id: event.workspaceId,
        place: { conversationId, groupId, accountId, senderId, wabaId, phoneNumberId },
        wamid: wamid!,
        media_id: id,
        mime_type: textOf(media?.mime_type),
        sha256: textOf(media?.sha256),
        url: textOf(media?.url),
        ordering_key: event.orderingKey,
        alias_keys: event.aliasKeys,
        received_at: event.at.toISOString(),
      },
    ];
  });
}

const textOf = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null;

/** Notes the files to fetch, so that fetching never delays a message. */
export function mediaJobs(): Fold {
  return {
    kind: 'fold',
    name: 'webhooks:media-jobs',
    hears: [MessageReceived, MessageEdited, GroupMessageReceived],
    // A link lives five minutes.
    restMs: 250,
    async handle(events, tx) {
      const jobs = events.flatMap(mediaJobsOf);
      if (jobs.length > 0) await tx.query(insertMediaJobs, [JSON.stringify(jobs)]);
    },
  };
}
