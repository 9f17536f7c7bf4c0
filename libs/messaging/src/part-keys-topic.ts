import type { Database } from './checkpoints';
import type { KafkaRecord, OutgoingRecord } from './kafka-port';

/** The topic of the wrapped keys of personal parts. */
export function partKeysTopicOf(installation = 'postrider'): string {
  return `${installation}.keys`;
}

/** Only the newest record of a key is kept, and of a destroyed one nothing: within a day, and its tombstone for a week. */
export const partKeysTopicConfig = {
  'cleanup.policy': 'compact',
  'max.compaction.lag.ms': '86400000',
  'delete.retention.ms': '604800000',
};

export interface PartKeyRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly subject: string;
  /** null: destroyed. */
  readonly wrapped: Buffer | null;
}

/** Record key = key id; the value of a destroyed key is a tombstone. */
export function toKeyRecord({ id, workspaceId, subject, wrapped }: PartKeyRow): OutgoingRecord {
  const value = wrapped && JSON.stringify({ workspaceId, subject, wrapped: wrapped.toString('base64') });
  return { key: id, value, headers: wrapped ? { 'content-type': 'application/json' } : {} };
}

const nobody = { workspaceId: '00000000-0000-0000-0000-000000000000', subject: '' };

/** The row that a record tells of; undefined for what is none. */
export function fromKeyRecord({ key, value }: Pick<KafkaRecord, 'key' | 'value'>): PartKeyRow | undefined {
  if (!key || !/^[0-9a-f]{32}$/.test(key)) return undefined;
  if (value.length === 0) return { id: key, ...nobody, wrapped: null };
  try {
    const told = JSON.parse(value.toString()) as { workspaceId: string; subject: string; wrapped: string };
    return {
      id: key,
      workspaceId: told.workspaceId,
      subject: told.subject,
      wrapped: Buffer.from(told.wrapped, 'base64'),
    };
  } catch {
    return undefined;
  }
}

/** Which partition a key's records lie in, always the same. */
export const partitionOfKey = (id: string, partitions: number): number =>
  Number.parseInt(id.slice(0, 8), 16) % partitions;

/**
 * Keeps copies of keys. In whatever order and however often: what was destroyed stays so, and what is the service's own
 * is left alone.
 */
export async function keepCopies(database: Database, rows: readonly PartKeyRow[]): Promise<void> {
  const newest = [...new Map(rows.map((row) => [row.id, row])).values()];
  await database.query(
    `insert into log.part_key (id, own, workspace_id, subject, wrapped, unpublished)
     select id, false, workspace_id, subject, wrapped, false
       from unnest($1::text[], $2::uuid[], $3::text[], $4::bytea[]) g (id, workspace_id, subject, wrapped)
      where not exists (select from log.part_key known where known.id = g.id and known.own) order by id
     on conflict (id) do update set wrapped = excluded.wrapped
       where not part_key.own and part_key.wrapped is not null`,
    [
      newest.map(({ id }) => id),
      newest.map(({ workspaceId }) => workspaceId),
      newest.map(({ subject }) => subject),
      newest.map(({ wrapped }) => wrapped),
    ],
  );
}
