import type { HeldOfPerson } from '@postrider/service-host';
import type { Pool } from 'pg';

/** The deliveries that hold a person, while they are kept, and the files that they sent. */
export function heldOfPerson({ pool }: { pool: Pool }): HeldOfPerson {
  return async ({ workspaceId, aliasKeys }) => {
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
    return { receipts: receipts.rows, media: media.rows };
  };
}
