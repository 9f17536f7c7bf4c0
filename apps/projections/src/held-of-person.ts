import type { HeldOfPerson, Page } from '@postrider/service-host';
import type { Pool } from 'pg';
import type { ShowConversations } from './show-conversations/show-conversations.handler';
import type { ListMessages } from './show-messages/list-messages.handler';

const limit = 500;

/** Every message to a person, and every conversation with its transcript. */
export function heldOfPerson(deps: { pool: Pool; list: ListMessages; conversations: ShowConversations }): HeldOfPerson {
  return async ({ workspaceId, contactIds, aliasKeys }) => {
    const viewer = { workspaceId, seesPeople: true };
    const messages: unknown[] = [];
    for (const contact of contactIds) {
      let after: string | undefined;
      do {
        const page: Page<unknown> = await deps.list(
          { contact, limit, ...(after === undefined ? {} : { after }) },
          viewer,
        );
        messages.push(...page.data);
        after = page.next ?? undefined;
      } while (after !== undefined);
    }
    const { rows } = await deps.pool.query<{ id: string }>(
      `select distinct conversation_id as id from conversation_alias where workspace_id = $1 and alias_key = any($2)`,
      [workspaceId, aliasKeys],
    );
    const conversations: unknown[] = [];
    for (const { id } of rows) conversations.push(await deps.conversations.show(id, viewer));
    return { messages, conversations: conversations.filter((one) => one !== undefined) };
  };
}
