import type { Pool } from 'pg';
import { acquireLease } from './sql/acquire-lease.sql';
import { heldLeases } from './sql/held-leases.sql';
import { releaseLease } from './sql/release-lease.sql';
import { renewLease } from './sql/renew-lease.sql';
import type { Lease, Leases } from './leases';

/** Leases in a service's database (`eventStoreMigrations`), on its clock. A takeover waits for appends under the lease. */
export function postgresLeases(pool: Pick<Pool, 'query'>): Leases {
  return {
    acquire: async (name, owner, ttlMs) => {
      const { rows } = await pool.query<{ fence: string }>(acquireLease, [name, owner, ttlMs]);
      return rows[0] && { name, owner, fence: Number(rows[0].fence), ttlMs };
    },
    renew: async (lease) => (await pool.query(renewLease, [...identity(lease), lease.ttlMs])).rowCount === 1,
    release: async (lease) => {
      await pool.query(releaseLease, identity(lease));
    },
    held: async (prefix) => (await pool.query<{ held: number }>(heldLeases, [prefix])).rows[0]?.held ?? 0,
  };
}

const identity = ({ name, owner, fence }: Lease) => [name, owner, fence];
