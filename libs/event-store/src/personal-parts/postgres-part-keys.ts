import type { Pool } from 'pg';
import type { Queryable } from '../checkpoints';
import { currentPartKeys } from '../sql/current-part-keys.sql';
import { destroyPartKeys } from '../sql/destroy-part-keys.sql';
import { findPartKeys } from '../sql/find-part-keys.sql';
import { keepPartKeys } from '../sql/keep-part-keys.sql';
import type { PartKeyStore, Subject, WrappedKey } from './part-key-store';

/** In the service's own database, table `log.part_key`. */
export function postgresPartKeys(pool: Pool): PartKeyStore {
  return {
    async current(subjects) {
      const { rows } = await pool.query<WrappedKey>(currentPartKeys, columnsOf(subjects));
      return rows;
    },
    async keep(keys) {
      const [ids, wrapped] = [keys.map(({ id }) => id), keys.map((key) => key.wrapped)];
      const { rows } = await pool.query<{ id: string }>(keepPartKeys, [ids, ...columnsOf(keys), wrapped]);
      return rows.map(({ id }) => id);
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

const columnsOf = (subjects: readonly Subject[]): [string[], string[]] => [
  subjects.map(({ workspaceId }) => workspaceId),
  subjects.map(({ subject }) => subject),
];
