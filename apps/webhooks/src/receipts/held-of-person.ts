import type { EventLog } from '@postrider/event-store';
import type { HeldOfPerson } from '@postrider/service-host';
import type { Pool } from 'pg';
import { rawChangesOfPerson } from '../raw-changes/raw-changes-of-person';

/** The deliveries that hold a person, while they are kept, the files that they sent, and what was not understood. */
export function heldOfPerson(deps: { pool: Pool; log: Pick<EventLog, 'readShard'> }): HeldOfPerson {
  const { pool } = deps;
  return async (person) => {
    const { workspaceId, aliasKeys } = person;
    const receipts = await pool.query<{ id: string; receivedAt: Date }>(
      `select id, received_at as "receivedAt" from receipt
        where $1 = any(workspace_ids) and alias_keys && $2 order by id`,
      [workspaceId, aliasKeys],
    );
    const media = await pool.query(
      `select media_id as id, wamid, mime_type as "mimeType", sha256, received_at as "receivedAt" from media_job
        where workspace_id = $1 and alias_keys ?| $2 and object_key is not null order by received_at`,
      [workspaceId, aliasKeys],
    );
    return { receipts: receipts.rows, media: media.rows, rawChanges: await rawChangesOfPerson(deps, person) };
  };
}
