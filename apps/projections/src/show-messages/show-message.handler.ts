import { MessageRequested } from '@postrider/event-contracts';
import type { InternalCalls } from '@postrider/service-host';
import type { Pool } from 'pg';
import { isA } from '../is-a';
import { unread, type ReadPersonal } from '../read-personal';
import type { Viewer } from '../sees-people';
import { emptyView, joined, type MessageView } from '../message/message-view';
import { messageWithTimeline, type Personal } from '../message/message-answer';
import { readMessage } from './read-message.sql';

/**
 * One message with its timeline. What the projection does not have yet is asked of dispatch and folded on the fly, so
 * that a caller finds what it sent a moment ago.
 */
export function showMessage(deps: { pool: Pool; internal: Pick<InternalCalls, 'stream'>; personal: ReadPersonal }) {
  return async (messageId: string, caller: Viewer) => {
    const { rows } = await deps.pool.query<{ view: MessageView; personal: Buffer | null }>(readMessage, [
      messageId,
      caller.workspaceId,
    ]);
    const row = rows[0];
    if (row?.view.request !== undefined) {
      const [personal] = await (caller.seesPeople ? deps.personal : unread)<Personal>([row.personal]);
      return messageWithTimeline(messageId, row.view, personal);
    }

    const events = await deps.internal.stream('dispatch', messageId);
    const own = events.filter((event) => event.workspaceId === caller.workspaceId);
    const request = own.find((event) => isA(MessageRequested, event));
    if (request === undefined) return undefined;
    const view = own.reduce(joined, row?.view ?? emptyView);
    return messageWithTimeline(
      messageId,
      view,
      caller.seesPeople ? (request.personal as Personal | undefined) : undefined,
    );
  };
}

export const ShowMessage = Symbol('ShowMessage');
export type ShowMessage = ReturnType<typeof showMessage>;
