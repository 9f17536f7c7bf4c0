import type { EventLog } from '@postrider/event-store';
import type { WholePerson } from '@postrider/service-host';
import type { Pool } from 'pg';

export interface RawChange {
  readonly id: string;
  readonly receivedAt: Date;
  /** Of the event: `UnrecognisedChangeReceived`, `GroupMessageReceived` … */
  readonly type: string;
  /** The webhook's field, and why it was not understood. */
  readonly field?: string;
  readonly because?: string;
  /** Digits that may be somebody else's number count: whoever hands it on looks first. */
  readonly mayNameOthers: boolean;
  /** As Meta sent it; null where it can no longer be read. */
  readonly raw: unknown;
}

/** What is of no conversation and may be about a person, oldest first. */
export async function rawChangesOfPerson(
  { pool, log }: { pool: Pool; log: Pick<EventLog, 'readShard'> },
  { workspaceId, aliasKeys }: Pick<WholePerson, 'workspaceId' | 'aliasKeys'>,
): Promise<RawChange[]> {
  const { rows } = await pool.query<{ shard: number; position: string }>(
    `select distinct shard, position from raw_change where workspace_id = $1 and alias_key = any($2)`,
    [workspaceId, aliasKeys],
  );
  const changes: RawChange[] = [];
  for (const { shard, position } of rows) {
    const [event] = await log.readShard(shard, Number(position) - 1, 1);
    if (event === undefined) throw new Error(`the log has nothing at ${position} of shard ${shard}`);
    const { id, type, at: receivedAt } = event;
    const { field, because } = event.data as Pick<RawChange, 'field' | 'because'>;
    const personal = event.personal as Readonly<Record<string, unknown>> | null | undefined;
    changes.push({
      ...{ id, receivedAt, type },
      ...(field === undefined ? {} : { field }),
      ...(because === undefined ? {} : { because }),
      mayNameOthers: event.aliasKeys.some((key) => !aliasKeys.includes(key)),
      raw: personal?.['raw'] ?? personal ?? null,
    });
  }
  return changes.sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());
}
