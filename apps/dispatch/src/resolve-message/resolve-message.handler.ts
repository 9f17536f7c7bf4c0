import type { Clock } from '@postrider/decider';
import type { EventLog } from '@postrider/event-store';
import type { Pool } from 'pg';
import { changeMessage, type ChangingCaller } from '../message/change-message';
import { resolve } from '../message/settle.decider';

export type ResolveMessages = ReturnType<typeof resolveMessages>;

/** Which of the messages whose outcome is unknown. */
export interface UnknownFilter {
  readonly channelId?: string;
  readonly senderId?: string;
  readonly ids?: readonly string[];
}

const atOnce = 20;

const findUnknown = `
  select message_id from due
   where workspace_id = $1 and kind in ('settle', 'operator')
     and ($2::uuid is null or channel_id = $2) and ($3::uuid is null or sender_id = $3)
     and ($4::uuid[] is null or message_id = any($4))
   order by due_at, message_id`;

/** An operator's word on unknown outcomes: of one message, or of all that a filter finds. */
export function resolveMessages(deps: { readonly log: EventLog; readonly clock: Clock; readonly pool: Pool }) {
  const one = (caller: ChangingCaller, messageId: string, outcome: 'resend' | 'give-up') =>
    changeMessage(deps, caller, messageId, (state) => resolve(state, outcome));
  return {
    one,
    /** Answers how many were settled; those that a status settled meanwhile are not among them. */
    async many(caller: ChangingCaller, filter: UnknownFilter, outcome: 'resend' | 'give-up'): Promise<number> {
      const values = [caller.workspaceId, filter.channelId ?? null, filter.senderId ?? null, filter.ids ?? null];
      const { rows } = await deps.pool.query<{ message_id: string }>(findUnknown, values);
      let resolved = 0;
      for (let from = 0; from < rows.length; from += atOnce) {
        const group = rows.slice(from, from + atOnce);
        const results = await Promise.all(group.map(({ message_id: id }) => one(caller, id, outcome)));
        resolved += results.filter((result) => !('refused' in result)).length;
      }
      return resolved;
    },
  };
}
