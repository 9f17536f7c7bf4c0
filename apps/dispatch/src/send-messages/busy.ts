import type { Pool } from 'pg';
import { stillDue } from './due.sql';

/**
 * The messages that a sender has in hand, or has dealt with while the table `due` does not show it yet: the table
 * follows the log, and must not be believed where it is behind.
 */
export interface Busy {
  ids(): string[];
  has(messageId: string): boolean;
  take(messageId: string): void;
  /** Dealt with: the log has the stream at this version. */
  done(messageId: string, version: number): void;
  /** Lets go of those that the table has caught up with. */
  prune(pool: Pool): Promise<void>;
}

export function busyMessages(): Busy {
  const versions = new Map<string, number | undefined>();
  return {
    ids: () => [...versions.keys()],
    has: (messageId) => versions.has(messageId),
    take: (messageId) => void versions.set(messageId, undefined),
    done: (messageId, version) => void versions.set(messageId, version),
    async prune(pool) {
      const done = [...versions].flatMap(([id, version]) => (version === undefined ? [] : [{ id, version }]));
      if (done.length === 0) return;
      const { rows } = await pool.query<{ message_id: string; version: number }>({
        name: 'still-due',
        text: stillDue,
        values: [done.map(({ id }) => id)],
      });
      const shown = new Map(rows.map((row) => [row.message_id, row.version]));
      for (const { id, version } of done) {
        const at = shown.get(id);
        if ((at === undefined || at >= version) && versions.get(id) === version) versions.delete(id);
      }
    },
  };
}
