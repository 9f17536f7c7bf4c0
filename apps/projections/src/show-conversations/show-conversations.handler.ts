import type { Clock } from '@postrider/decider';
import { pageOf, pageQuery, readCursor, type Page } from '@postrider/service-host';
import type { Pool } from 'pg';
import { z } from 'zod';
import { transcriptOf, type ToldByWebhook, type TranscriptFile, type WrittenByUs } from '../conversation/transcript';
import { attemptsOf, stateOf } from '../message/message-state';
import type { MessageView } from '../message/message-view';
import { unread, type ReadPersonal } from '../read-personal';
import type { Viewer } from '../sees-people';
import { conversationAnswer, peopleOf, type ConversationFound } from './conversation-answer';
import { byAnyId, filesOfLines, listConversations, messagesOf, transcriptLinesOf } from './list-conversations.sql';

export const ConversationsQuery = pageQuery.extend({
  window: z.enum(['open', 'closed']).optional(),
  sender: z.uuid().optional(),
  contact: z.uuid().optional(),
});
export type ConversationsQuery = z.infer<typeof ConversationsQuery>;

const Cursor = z.tuple([z.iso.datetime(), z.uuid()]);
const transcriptLinesMax = 500;
/** As `windowOf` has it. */
const windowSql = `c.inbound_at + interval '24 hours' - interval '1 minute'`;

export function showConversations(deps: { pool: Pool; clock: Clock; personal: ReadPersonal }) {
  const { pool, clock } = deps;
  const readerFor = ({ seesPeople }: Viewer): ReadPersonal => (seesPeople ? deps.personal : unread);
  return {
    /** The one with the newest words first. */
    async list(query: ConversationsQuery, viewer: Viewer): Promise<Page<unknown>> {
      const now = clock.now();
      const values: unknown[] = [viewer.workspaceId];
      const bind = (value: unknown): string => `$${values.push(value)}`;
      const conditions = ['c.workspace_id = $1'];
      if (query.sender !== undefined) conditions.push(`c.sender_id = ${bind(query.sender)}`);
      if (query.contact !== undefined) conditions.push(`c.contact_id = ${bind(query.contact)}`);
      if (query.window !== undefined)
        conditions.push(`coalesce(${windowSql} > ${bind(now)}, false) = ${bind(query.window === 'open')}`);
      if (query.after !== undefined) {
        const [at, id] = readCursor(Cursor, query.after);
        conditions.push(`(c.last_at, c.conversation_id) < (${bind(at)}, ${bind(id)})`);
      }
      const sql = listConversations(conditions.join(' and '), query.limit + 1);
      const { rows } = await pool.query<ConversationFound>(sql, values);
      const people = await peopleOf(rows, readerFor(viewer));
      const shown = new Map(rows.map((row, at) => [row, people[at]!]));
      return pageOf(rows, query.limit, {
        row: (row) => conversationAnswer(row, shown.get(row)!, now),
        cursor: (row) => [row.last_at.toISOString(), row.conversation_id],
      });
    },

    /** One conversation with its transcript, the newest lines where there are many. */
    async show(conversationId: string, viewer: Viewer): Promise<unknown> {
      const { rows } = await pool.query<ConversationFound>(
        listConversations(`c.workspace_id = $1 and ${byAnyId('$2')}`, 1),
        [viewer.workspaceId, conversationId],
      );
      const found = rows[0];
      if (found === undefined) return undefined;
      const read = readerFor(viewer);
      const [told, us, [shown]] = await Promise.all([
        byPerson(pool, found.conversation_id, read),
        byUs(pool, found.conversation_id, read),
        peopleOf([found], read),
      ]);
      const files = await filesOf(pool, found.conversation_id, told);
      return { ...conversationAnswer(found, shown!, clock.now()), transcript: transcriptOf(told, us, files) };
    },
  };
}

async function byPerson(pool: Pool, conversationId: string, read: ReadPersonal): Promise<ToldByWebhook[]> {
  const { rows } = await pool.query<Omit<ToldByWebhook, 'at' | 'content'> & { at: Date; content: Buffer | null }>(
    transcriptLinesOf(transcriptLinesMax),
    [conversationId],
  );
  const said = await read<{ message?: Record<string, unknown> }>(rows.map((row) => row.content));
  return rows.map((row, at) => ({ ...row, at: row.at.toISOString(), content: said[at]?.message }));
}

async function filesOf(pool: Pool, conversationId: string, lines: readonly ToldByWebhook[]): Promise<TranscriptFile[]> {
  const { rows } = await pool.query<TranscriptFile>(filesOfLines, [conversationId, lines.map(({ wamid }) => wamid)]);
  return rows;
}

async function byUs(pool: Pool, conversationId: string, read: ReadPersonal): Promise<WrittenByUs[]> {
  const { rows } = await pool.query<{ message_id: string; view: MessageView; personal: Buffer | null }>(
    messagesOf(transcriptLinesMax),
    [conversationId],
  );
  const written = await read<{ payload?: Record<string, unknown> }>(rows.map((row) => row.personal));
  return rows.map(({ message_id: messageId, view }, at) => {
    const attempts = attemptsOf(view);
    return {
      messageId,
      type: view.request!.content.type,
      at: attempts.at(-1)?.at ?? view.request!.at,
      state: stateOf(view)!,
      attempts,
      content: written[at]?.payload,
    };
  });
}

export const ShowConversations = Symbol('ShowConversations');
export type ShowConversations = ReturnType<typeof showConversations>;
