import type { Fence } from './event-log';
import type { Leases } from './leases';

export interface MemoryLeases extends Leases {
  /** Whether the lease is held with that fence at this moment. */
  holds(fence: Fence): boolean;
}

/** Leases of one process, for tests; `nowMs` stands for the database's clock. */
export function memoryLeases(nowMs: () => number = () => performance.now()): MemoryLeases {
  const held = new Map<string, { owner: string; fence: number; expiresAt: number }>();
  const current = (name: string, owner: string, fence: number) => {
    const row = held.get(name);
    return row?.owner === owner && row.fence === fence ? row : undefined;
  };
  return {
    acquire: async (name, owner, ttlMs) => {
      const row = held.get(name);
      if (row && row.owner !== owner && row.expiresAt > nowMs()) return undefined;
      const fence = row ? row.fence + (row.owner === owner ? 0 : 1) : 1;
      held.set(name, { owner, fence, expiresAt: nowMs() + ttlMs });
      return { name, owner, fence, ttlMs };
    },
    renew: async ({ name, owner, fence, ttlMs }) => {
      const row = current(name, owner, fence);
      if (!row || row.expiresAt <= nowMs()) return false;
      row.expiresAt = nowMs() + ttlMs;
      return true;
    },
    release: async ({ name, owner, fence }) => {
      const row = current(name, owner, fence);
      if (row) held.set(name, { owner: '', fence, expiresAt: -Infinity });
    },
    held: async (prefix) =>
      [...held].filter(([name, { expiresAt }]) => name.startsWith(prefix) && expiresAt > nowMs()).length,
    holds: ({ lease, fence }) => {
      const row = held.get(lease);
      return row !== undefined && row.fence === fence && row.expiresAt > nowMs();
    },
  };
}
