import type { RecordedEvent, ServiceName } from '@postrider/event-contracts';
import { storedPart } from '@postrider/event-store';
import type { Database, Place } from './checkpoints';

type Records = Pick<Place, 'reader' | 'source'>;

/** A record that was put aside, first of its key with the error that did it, later ones with none of their own. */
export interface ParkedRecord extends Place {
  readonly position: number;
  readonly event: RecordedEvent;
  readonly error: string | null;
  readonly attempts: number;
}

/** Serialises parking and replay of keys until the transaction ends; in one order, so that two never wait for each other. */
async function lockKeys(tx: Database, { reader, source }: Records, keys: readonly string[]): Promise<void> {
  await tx.query(
    `select pg_advisory_xact_lock(4712, hashtext($1 || '/' || $2 || '/' || k))
     from (select k from unnest($3::text[]) k order by hashtext($1 || '/' || $2 || '/' || k)) o`,
    [reader, source, keys],
  );
}

/** Which of these keys have parked records. Holds the keys' locks, so the answer stays true in this transaction. */
export async function parkedAmong(tx: Database, records: Records, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  await lockKeys(tx, records, keys);
  const { rows } = await tx.query<{ ordering_key: string }>(
    `select k as ordering_key from unnest($3::text[]) k
     where exists (select 1 from bus.parked p where p.reader = $1 and p.source = $2 and p.ordering_key = k)`,
    [records.reader, records.source, keys],
  );
  return new Set(rows.map((row) => row.ordering_key));
}

/** The keys of a shard that have parked records. */
export async function parkedKeys(database: Database, place: Place): Promise<Set<string>> {
  const { rows } = await database.query<{ ordering_key: string }>(
    'select distinct ordering_key from bus.parked where reader = $1 and source = $2 and shard = $3',
    [place.reader, place.source, place.shard],
  );
  return new Set(rows.map((row) => row.ordering_key));
}

/** Puts records aside, behind those of their key. What names a person stays apart from the rest and sealed, as in the log. */
export async function park(
  tx: Database,
  place: Place,
  events: readonly RecordedEvent[],
  why: { error: string | null; at: Date },
): Promise<void> {
  const rows = events.map(({ personal, sealed, ...event }) => {
    const part = sealed ? Buffer.from(sealed) : personal === undefined ? null : Buffer.from(JSON.stringify(personal));
    return { event, part, key: event.orderingKey };
  });
  await tx.query(
    `insert into bus.parked
       (reader, source, shard, position, ordering_key, type, event, personal, error, attempts, parked_at)
     select $1, $2, $3, r.position, r.key, r.type, r.event, r.personal, $9, $10, $11
     from unnest($4::bigint[], $5::text[], $6::text[], $7::text[], $8::bytea[]) r(position, key, type, event, personal)
     on conflict do nothing`,
    [
      place.reader,
      place.source,
      place.shard,
      rows.map((row) => row.event.position),
      rows.map((row) => row.key),
      rows.map((row) => row.event.type),
      rows.map((row) => JSON.stringify(row.event)),
      rows.map((row) => row.part),
      why.error,
      why.error === null ? 0 : 1,
      why.at,
    ],
  );
}

interface ParkedRow {
  source: ServiceName;
  shard: number;
  position: string;
  event: string;
  personal: Buffer | null;
  error: string | null;
  attempts: number;
}

/** The first parked record of a key; holds the key's lock until the transaction ends. */
export async function firstParked(tx: Database, records: Records, key: string): Promise<ParkedRecord | undefined> {
  await lockKeys(tx, records, [key]);
  const { rows } = await tx.query<ParkedRow>(
    `select source, shard, position, event, personal, error, attempts from bus.parked
     where reader = $1 and source = $2 and ordering_key = $3 order by position limit 1`,
    [records.reader, records.source, key],
  );
  const row = rows[0];
  return row && { ...row, reader: records.reader, position: Number(row.position), event: restored(row) };
}

function restored({ event, personal }: ParkedRow): RecordedEvent {
  const parsed = JSON.parse(event) as RecordedEvent;
  const whole = { ...parsed, at: new Date(parsed.at) };
  return { ...whole, ...storedPart(personal) };
}

/** Takes a record out, once it has been handled. */
export async function unpark(tx: Database, { reader, source, shard, position }: ParkedRecord): Promise<void> {
  await tx.query('delete from bus.parked where reader = $1 and source = $2 and shard = $3 and position = $4', [
    reader,
    source,
    shard,
    position,
  ]);
}

/** Notes that a record failed again. */
export async function stillFails(database: Database, record: ParkedRecord, error: string): Promise<void> {
  await database.query(
    `update bus.parked set error = $5, attempts = attempts + 1
     where reader = $1 and source = $2 and shard = $3 and position = $4`,
    [record.reader, record.source, record.shard, record.position, error],
  );
}

export interface ParkedKey {
  readonly reader: string;
  readonly source: ServiceName;
  readonly key: string;
  readonly records: number;
  /** Of the record at the front. */
  readonly error: string;
  readonly firstType: string;
  readonly parkedAt: Date;
}

/** Every key that has parked records, with what stands at its front. */
export async function listParked(database: Database, readers: readonly string[]): Promise<ParkedKey[]> {
  const { rows } = await database.query<ParkedKey & { records: string }>(
    `select distinct on (reader, source, ordering_key)
            reader, source, ordering_key as key, count(*) over w as records, coalesce(error, '') as error,
            type as "firstType", parked_at as "parkedAt"
     from bus.parked where reader = any($1)
     window w as (partition by reader, source, ordering_key)
     order by reader, source, ordering_key, position`,
    [readers],
  );
  return rows.map((row) => ({ ...row, records: Number(row.records) }));
}
