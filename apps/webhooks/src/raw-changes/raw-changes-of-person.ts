import type { EventOf, RecordedEvent, UnrecognisedChangeReceived } from '@postrider/event-contracts';
import type { EventLog } from '@postrider/event-store';
import type { WholePerson } from '@postrider/service-host';
import type { Pool } from 'pg';

type Raw = RecordedEvent & EventOf<typeof UnrecognisedChangeReceived>;

export interface RawChange {
  readonly id: string;
  readonly receivedAt: Date;
  readonly field: string;
  readonly because: string;
  /** Digits that may be somebody else's number count: whoever hands it on looks first. */
  readonly mayNameOthers: boolean;
  /** As Meta sent it; null where it can no longer be read. */
  readonly raw: unknown;
}

/** What was not understood and may be about a person, oldest first. */
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
    const [event] = (await log.readShard(shard, Number(position) - 1, 1)) as Raw[];
    if (event === undefined) throw new Error(`the log has nothing at ${position} of shard ${shard}`);
    const { field, because } = event.data;
    const mayNameOthers = event.aliasKeys.some((key) => !aliasKeys.includes(key));
    const raw = event.personal?.raw ?? null;
    changes.push({ id: event.id, receivedAt: event.at, field, because, mayNameOthers, raw });
  }
  return changes.sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());
}
