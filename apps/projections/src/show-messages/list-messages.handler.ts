import { pageOf, pageQuery, readCursor, type Page } from '@postrider/service-host';
import type { Pool } from 'pg';
import { z } from 'zod';
import { messageStates } from '../message/message-state';
import type { MessageView } from '../message/message-view';
import { unread, type ReadPersonal } from '../read-personal';
import type { Viewer } from '../sees-people';
import { messageAnswer, type Personal } from '../message/message-answer';
import { wholeView } from './read-message.sql';

export const MessagesQuery = pageQuery.extend({
  state: z.enum(messageStates).optional(),
  channel: z.string().max(200).optional(),
  template: z.string().max(512).optional(),
  campaign: z.string().max(200).optional(),
  contact: z.uuid().optional(),
  reference: z.string().max(500).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
export type MessagesQuery = z.infer<typeof MessagesQuery>;

const Cursor = z.tuple([z.iso.datetime(), z.uuid()]);
const filters = {
  state: 'state =',
  channel: 'channel =',
  template: 'template =',
  campaign: 'campaign =',
  contact: 'contact_id =',
  reference: 'reference =',
  from: 'requested_at >=',
  to: 'requested_at <',
} as const;

interface Row {
  message_id: string;
  requested_at: Date;
  view: MessageView;
  personal: Buffer | null;
}

/** Messages, the newest first. */
export function listMessages({ pool, personal }: { pool: Pool; personal: ReadPersonal }) {
  return async (query: MessagesQuery, caller: Viewer): Promise<Page<unknown>> => {
    const values: unknown[] = [caller.workspaceId];
    const conditions = ['workspace_id = $1', 'requested_at is not null'];
    for (const [name, condition] of Object.entries(filters) as [keyof typeof filters, string][]) {
      if (query[name] === undefined) continue;
      values.push(query[name]);
      conditions.push(`${condition} $${values.length}`);
    }
    if (query.after !== undefined) {
      values.push(...readCursor(Cursor, query.after));
      conditions.push(`(requested_at, message_id) < ($${values.length - 1}, $${values.length})`);
    }
    const { rows } = await pool.query<Row>(
      `select message_id, requested_at, ${wholeView}, personal from message where ${conditions.join(' and ')}
       order by requested_at desc, message_id desc limit ${query.limit + 1}`,
      values,
    );
    const read = caller.seesPeople ? personal : unread;
    const people = await read<Personal>(rows.map((row) => row.personal));
    const personOf = new Map(rows.map((row, at) => [row, people[at]]));
    return pageOf(rows, query.limit, {
      row: (row) => messageAnswer(row.message_id, row.view, personOf.get(row)),
      cursor: (row) => [row.requested_at.toISOString(), row.message_id],
    });
  };
}

export const ListMessages = Symbol('ListMessages');
export type ListMessages = ReturnType<typeof listMessages>;
