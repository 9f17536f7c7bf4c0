import type { Pool } from 'pg';
import { appendEvents } from './sql/append-events.sql';
import type { WriteBatch } from './batcher';
import { leaseLostState } from './sql/lease-lost-state';
import { withPatience } from './database-failure';
import type { AppendVerdict, Fence } from './event-log';
import { LeaseLost } from './lease-lost';
import type { SealedAppend } from './sealed-append';

interface VerdictRow {
  readonly op: number;
  readonly status: AppendVerdict['status'] | 'elsewhere';
  readonly version: number;
  readonly last_pos: string;
}

/**
 * Writes batches of one shard. A lost connection is safe to try again: the events carry their ids, so that a batch whose
 * commit was not answered is found to be there.
 */
export function writeBatch(pool: Pool, shard: number, patienceMs: number): WriteBatch {
  return async (appends, fence) => {
    try {
      return await withPatience(patienceMs, async (tries) => {
        const values = parameters(shard, appends, fence);
        const { rows } = await pool.query<VerdictRow>({ name: 'log.append', text: appendEvents, values });
        return rows.map((row) => verdictOf(row, shard, appends[row.op - 1] as SealedAppend, tries > 0));
      });
    } catch (error) {
      if (fence && (error as { code?: string }).code === leaseLostState) throw new LeaseLost(fence);
      throw error;
    }
  };
}

function parameters(shard: number, appends: readonly SealedAppend[], fence: Fence | undefined): unknown[] {
  const events = appends.flatMap((append, at) => append.events.map((event) => ({ ...event, op: at + 1 })));
  return [
    shard,
    appends.map(({ streamId }) => streamId),
    appends.map(({ expected }) => expected),
    appends.map(({ workspaceId }) => workspaceId),
    jsonArray(appends.map(({ meta }) => meta)),
    events.map(({ op }) => op),
    events.map(({ id }) => id),
    events.map(({ type }) => type),
    events.map(({ at }) => at),
    jsonArray(events.map(({ data }) => data)),
    events.map(({ personal }) => personal),
    fence?.lease ?? null,
    fence?.fence ?? null,
  ];
}

const jsonArray = (texts: readonly string[]): string => `[${texts.join(',')}]`;

function verdictOf(row: VerdictRow, shard: number, append: SealedAppend, again: boolean): AppendVerdict | Error {
  if (row.status === 'elsewhere') {
    return new Error(
      `stream ${append.streamId} lives in another shard than its ordering key ${append.orderingKey} says`,
    );
  }
  // Events nobody can have appended before were in the batch whose answer was lost.
  const status = again && row.status === 'duplicate' && append.unseen ? 'ok' : row.status;
  return { status, streamId: append.streamId, streamVersion: row.version, shard, position: Number(row.last_pos) };
}
