import type { Pool } from 'pg';
import type { ObjectStore } from '../object-store/object-store';

/** A received file by Meta's id of it; undefined where there is none, or it was not fetched yet. */
export function showMedia({ pool, store }: { pool: Pool; store: ObjectStore }) {
  return async (workspaceId: string, mediaId: string): Promise<{ bytes: Buffer; mimeType: string } | undefined> => {
    const { rows } = await pool.query<{ object_key: string; mime_type: string | null }>(
      'select object_key, mime_type from media_job where workspace_id = $1 and media_id = $2 and object_key is not null limit 1',
      [workspaceId, mediaId],
    );
    const bytes = rows[0] && (await store.get(rows[0].object_key));
    return bytes && { bytes, mimeType: rows[0]?.mime_type ?? 'application/octet-stream' };
  };
}

export const ShowMedia = Symbol('ShowMedia');
export type ShowMedia = ReturnType<typeof showMedia>;
