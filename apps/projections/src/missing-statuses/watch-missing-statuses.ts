import type { Clock } from '@postrider/decider';
import { everySoOften, type ReaderProgress } from '@postrider/service-host';
import type { Pool } from 'pg';
import { clearMissing, missingStatuses, raiseMissing } from './missing-statuses.sql';

const lookEveryMs = 30_000;
const patienceMs = 10 * 60_000;
/** Meta tells of a message within days or not at all. */
const forgottenMs = 24 * 3_600_000;

/** Raises an alarm for a number whose accepted messages got no status within ten minutes: webhooks may be lost. */
export function watchMissingStatuses(deps: { pool: Pool; clock: Clock; readers: ReaderProgress }) {
  const { pool, clock } = deps;

  async function look(): Promise<void> {
    // A reader that is behind makes every message look forgotten.
    if (!(await deps.readers.caughtUp('projections:messages', 'webhooks', 5_000))) return;
    const now = clock.now();
    const { rows } = await pool.query<{ workspace_id: string; sender_id: string; messages: number }>(missingStatuses, [
      new Date(now.getTime() - patienceMs),
      new Date(now.getTime() - forgottenMs),
    ]);
    for (const { workspace_id: workspaceId, sender_id: senderId, messages } of rows) {
      const text = `${messages} messages that Meta accepted over ten minutes ago have no status yet. Check that its webhooks arrive.`;
      await pool.query(raiseMissing, [workspaceId, keyOf(senderId), now, text, JSON.stringify({ senderId })]);
    }
    const standing = rows.map((row) => `${row.workspace_id} ${keyOf(row.sender_id)}`);
    await pool.query(clearMissing, [standing, now]);
  }
  return { look, worker: everySoOften('watch missing statuses', lookEveryMs, look) };
}

const keyOf = (senderId: string): string => `statuses-missing:${senderId}`;
