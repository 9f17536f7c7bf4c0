import { ownWords } from '@postrider/compliance';
import { ConsentRevoked, MessageReceived, type RecordedEvent } from '@postrider/event-contracts';
import type { Fold } from '@postrider/messaging';
import { isA } from '../is-a';
import { jsonbText } from '../jsonb-text';

export interface TemplateResponse {
  readonly event_id: string;
  readonly workspace_id: string;
  readonly kind: 'tap' | 'stop';
  readonly wamid: string | null;
  readonly contact_id: string | null;
  readonly at: string;
}

/** A tap of a template's quick reply, or a stop of marketing; undefined for anything else. */
export function responseOf(event: RecordedEvent): TemplateResponse | undefined {
  const { id: event_id, workspaceId: workspace_id } = event;
  if (isA(MessageReceived, event)) {
    const { messageType, repliesTo: wamid, happenedAt: at } = event.data;
    // Meta sends the tap of a template's quick reply as a message of this type; a click on a link names no message.
    if (messageType !== 'button' || wamid === undefined) return undefined;
    return { event_id, workspace_id, kind: 'tap', wamid, contact_id: null, at };
  }
  if (!isA(ConsentRevoked, event)) return undefined;
  // What a caller or a file says of a person is no answer to a message.
  const { contactId: contact_id, purpose, source, saidAt: at } = event.data;
  if (purpose !== 'marketing' || !ownWords.includes(source)) return undefined;
  return { event_id, workspace_id, kind: 'stop', wamid: null, contact_id, at };
}

/** Keeps what people did about templates; which template it was is found when it is asked for, whatever came first. */
export function templateResponses(): Fold {
  return {
    kind: 'fold',
    name: 'projections:template-responses',
    leavesSealed: true,
    hears: [MessageReceived, ConsentRevoked],
    tables: ['template_response'],
    async handle(events, tx) {
      const found = events.map(responseOf).filter((each) => each !== undefined);
      if (found.length === 0) return;
      await tx.query(
        `insert into template_response
         select * from jsonb_to_recordset($1::jsonb) as r (
           event_id uuid, workspace_id uuid, kind text, wamid text, contact_id uuid, at timestamptz)
         on conflict (event_id) do nothing`,
        [jsonbText(found)],
      );
    },
    async reset(tx) {
      await tx.query('delete from template_response');
    },
  };
}
