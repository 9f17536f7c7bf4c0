import type { Pool } from 'pg';
import type { ConfiguredStates, Kind } from './configured-states';

/** A configured thing as it is shown. */
export interface Configured<State> {
  readonly id: string;
  readonly workspaceId: string;
  readonly seq: number;
  readonly state: State;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** Reads what the fold wrote. */
export interface ConfiguredViews {
  one<K extends Kind>(kind: K, workspaceId: string, id: string): Promise<Configured<ConfiguredStates[K]> | undefined>;
  /** In the order they were made; one row more than `limit` where there are more. */
  list<K extends Kind>(
    kind: K,
    workspaceId: string,
    page: { after?: number; limit: number },
  ): Promise<Configured<ConfiguredStates[K]>[]>;
  /** Those of every workspace, for work that goes on in the background. */
  every<K extends Kind>(kind: K): Promise<Configured<ConfiguredStates[K]>[]>;
}

const columns = `id, workspace_id as "workspaceId", seq::int, state, created_at as "createdAt", changed_at as "changedAt"`;

export function configuredViews(pool: Pool): ConfiguredViews {
  return {
    async one(kind, workspaceId, id) {
      const text = `select ${columns} from configured where kind = $1 and workspace_id = $2 and id = $3`;
      return (await pool.query(text, [kind, workspaceId, id])).rows[0];
    },
    async list(kind, workspaceId, { after = 0, limit }) {
      const text = `select ${columns} from configured
        where kind = $1 and workspace_id = $2 and seq > $3 order by seq limit $4`;
      return (await pool.query(text, [kind, workspaceId, after, limit + 1])).rows;
    },
    async every(kind) {
      return (await pool.query(`select ${columns} from configured where kind = $1 order by seq`, [kind])).rows;
    },
  };
}
