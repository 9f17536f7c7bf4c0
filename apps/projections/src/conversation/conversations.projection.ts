import {
  CallReported,
  ContactSeen,
  IdentityChangeReported,
  IdentityLinked,
  MediaFailed,
  MediaStored,
  MessageEchoed,
  MessageEdited,
  MessageImported,
  MessageReceived,
  MessageRequested,
  MessageRevoked,
  ReactionReceived,
  StatusReported,
  ThreadControlReported,
  type RecordedEvent,
} from '@postrider/event-contracts';
import type { Fold, Tx } from '@postrider/messaging';
import { announce } from '../changes/announce';
import { isA } from '../is-a';
import { jsonbText } from '../jsonb-text';
import {
  contributionOf,
  partDeltas,
  requestsOf,
  transcriptLines,
  transcriptMedia,
  type Contribution,
} from './conversation.projection';
import { sightingOf } from './identity-evidence';
import { insertRequests, insertTranscript } from './insert-transcript.sql';
import { keepIdentities } from './keep-identities';
import { removeConversations, restoreConversations, upsertConversations } from './upsert-conversations.sql';
import { upsertMedia } from './upsert-media.sql';
import { upsertParts } from './upsert-parts.sql';

const tables = [
  'conversation',
  'transcript',
  'transcript_media',
  'conversation_part',
  'conversation_request',
  'conversation_alias',
  'alias_sighting',
  'alias_change',
];

/** Who talks with which of our numbers, under whatever alias, until when the window is open, and what was said to us. */
export function conversations(): Fold {
  return {
    kind: 'fold',
    name: 'projections:conversations',
    leavesSealed: true,
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
      StatusReported,
      ContactSeen,
      IdentityLinked,
      IdentityChangeReported,
      ThreadControlReported,
    ],
    tables,
    async handle(heard, tx) {
      const events = heard.filter(tells);
      if (events.length === 0) return;
      const moved = await keepIdentities(events, tx);
      await write(tx, insertTranscript, transcriptLines(events));
      await write(tx, insertRequests, requestsOf(events));
      await write(tx, upsertMedia, transcriptMedia(events));
      await write(tx, upsertParts, partDeltas(events));
      if (moved.size > 0) {
        await tx.query(removeConversations, [[...moved]]);
        await tx.query(restoreConversations, [[...moved]]);
      }
      await contribute(
        events.flatMap((event) => contributionOf(event) ?? []),
        tx,
      );
    },
    async reset(tx) {
      for (const table of tables) await tx.query(`delete from ${table}`);
    },
  };
}

/** Most statuses are of people whose aliases they do not show together, or not for the first time. */
function tells(event: RecordedEvent): boolean {
  if (!isA(StatusReported, event)) return true;
  return sightingOf(event) !== undefined || event.data.conversationExpiresAt !== undefined;
}

async function write(tx: Tx, sql: string, rows: readonly object[]): Promise<void> {
  if (rows.length > 0) await tx.query(sql, [jsonbText(rows)]);
}

async function contribute(told: readonly Contribution[], tx: Tx): Promise<void> {
  if (told.length === 0) return;
  const given = told.map(({ senderId, aliasKey, at, inboundAt, entryAt, contactId }) => ({
    ...{ sender_id: senderId, alias_key: aliasKey, at },
    ...{ inbound_at: inboundAt, entry_at: entryAt, contact_id: contactId },
  }));
  const { rows } = await tx.query<{ conversation_id: string; workspace_id: string; sender_id: string; last_at: Date }>(
    upsertConversations,
    [jsonbText(given)],
  );
  await announce(
    rows.map((row) => ({
      workspaceId: row.workspace_id,
      type: 'conversation',
      data: { id: row.conversation_id, senderId: row.sender_id, lastAt: row.last_at.toISOString() },
    })),
    tx,
  );
}
