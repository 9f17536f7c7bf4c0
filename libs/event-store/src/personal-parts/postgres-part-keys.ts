import type { Pool } from 'pg';
import type { Queryable } from '../checkpoints';
import { destroyPartKeys } from '../sql/destroy-part-keys.sql';
import { findPartKeys } from '../sql/find-part-keys.sql';
import { providePartKeys } from '../sql/provide-part-keys.sql';
import type { PartKeyStore, WrappedKey } from './part-key-store';

/** In the service's own database, table `log.part_key`. */
export function postgresPartKeys(pool: Pool): PartKeyStore {
  return {
    async provide(fresh) {
      const values = [
        fresh.map(({ id }) => id),
        fresh.map(({ workspaceId }) => workspaceId),
        fresh.map(({ subject }) => subject),
        fresh.map(({ wrapped }) => wrapped),
      ];
      const { rows } = await pool.query<WrappedKey>({ name: 'part-key.provide', text: providePartKeys, values });
      return rows;
    },
    async find(ids) {
      const { rows } = await pool.query<{ id: string; wrapped: Buffer | null }>(findPartKeys, [ids]);
      return new Map(rows.map(({ id, wrapped }) => [id, wrapped]));
    },
    async destroy(workspaceId, subjects, database: Queryable = pool) {
      const { rows } = await database.query(destroyPartKeys, [workspaceId, [...subjects]]);
      return (rows as { id: string }[]).map(({ id }) => id);
    },
  };
}
