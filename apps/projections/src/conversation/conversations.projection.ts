import {
  CallReported,
  MediaFailed,
  MediaStored,
  MessageEchoed,
  MessageEdited,
  MessageImported,
  MessageReceived,
  MessageRequested,
  MessageRevoked,
  ReactionReceived,
} from '@postrider/event-contracts';
import type { Fold } from '@postrider/messaging';
import { announce } from '../changes/announce';
import { jsonbText } from '../jsonb-text';
import { conversationDeltas, transcriptLines, transcriptMedia } from './conversation.projection';
import { insertTranscript } from './insert-transcript.sql';
import { upsertMedia } from './upsert-media.sql';
import { upsertConversations } from './upsert-conversations.sql';

/** Who talks with which of our numbers, until when the window is open, and what was said to us. */
export function conversations(): Fold {
  const tables = ['conversation', 'transcript', 'transcript_media'];
  return {
    kind: 'fold',
    name: 'projections:conversations',
    hears: [
      MessageReceived,
      ReactionReceived,
      MessageEdited,
      MessageRevoked,
      MessageEchoed,
      MessageImported,
      CallReported,
      MediaStored,
      MediaFailed,
      MessageRequested,
    ],
    tables,
    async handle(events, tx) {
      const deltas = conversationDeltas(events);
      if (deltas.length > 0) await tx.query(upsertConversations, [jsonbText(deltas)]);
      const lines = transcriptLines(events);
      if (lines.length > 0) await tx.query(insertTranscript, [jsonbText(lines)]);
      const files = transcriptMedia(events);
      if (files.length > 0) await tx.query(upsertMedia, [jsonbText(files)]);
      await announce(
        deltas.map((delta) => ({
          workspaceId: delta.workspace_id,
          type: 'conversation',
          data: { id: delta.conversation_id, senderId: delta.sender_id, lastAt: delta.last_at },
        })),
        tx,
      );
    },
    async reset(tx) {
      for (const table of tables) await tx.query(`delete from ${table}`);
    },
  };
}
