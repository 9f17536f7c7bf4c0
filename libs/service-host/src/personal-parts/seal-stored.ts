import { checkpoints, partContext, subjectsOf, type EventLog, type PersonalParts } from '@postrider/event-store';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Background } from '../service-definition';

const atOnce = 500;
/** Where all shards are done: a shard that no log has. */
const allShards = -1;

interface StoredPart {
  readonly shard: number;
  readonly position: string;
  readonly id: string;
  readonly workspaceId: string;
  readonly aliasKeys: string[];
  readonly orderingKey: string;
  readonly personal: Buffer;
}

/** What lies open begins as JSON text does; a box begins with a byte below that. */
const open = 'personal is not null and get_byte(personal, 0) >= 32';

/**
 * Seals, once, the personal parts that were stored before parts were sealed: those of the log up to where it stood at
 * the first start, and those of parked records. It goes on where it was interrupted.
 */
export function sealStored(deps: { pool: Pool; log: EventLog; parts: PersonalParts; logger: Logger }): Background {
  const { pool, log, parts, logger } = deps;
  const reader = `${log.service}:seal-stored`;

  async function sealed(rows: readonly StoredPart[]): Promise<Buffer[]> {
    const owners = rows.map((row) => ({ workspaceId: row.workspaceId, subjects: subjectsOf(row) }));
    const sealer = await parts.sealer(owners);
    return rows.map((row, at) => sealer(owners[at]!, partContext(row), row.personal));
  }

  async function sealShard(shard: number, from: number, head: number): Promise<number> {
    let count = 0;
    for (let after = from; after < head;) {
      const { rows } = await pool.query<StoredPart>(
        `select shard, pos as position, event_id as id, workspace_id as "workspaceId", personal,
                meta->'aliasKeys' as "aliasKeys", meta->>'orderingKey' as "orderingKey"
           from log.event where shard = $1 and pos > $2 and pos <= $3 and ${open} order by pos limit ${atOnce}`,
        [shard, after, head],
      );
      const boxes = await sealed(rows);
      await pool.query(
        `update log.event e set personal = g.box from unnest($2::bigint[], $3::bytea[]) g (pos, box)
          where e.shard = $1 and e.pos = g.pos`,
        [shard, rows.map((row) => row.position), boxes],
      );
      const to = rows.length < atOnce ? head : Number(rows.at(-1)?.position);
      await checkpoints.advance(pool, { reader, source: log.service, shard, position: to }, after);
      after = to;
      count += rows.length;
    }
    return count;
  }

  async function sealParked(): Promise<number> {
    const { rows } = await pool.query<{
      reader: string;
      source: string;
      shard: number;
      position: string;
      event: string;
      personal: Buffer;
    }>(`select reader, source, shard, position, event, personal from bus.parked where ${open}`);
    for (const { event, personal, ...place } of rows) {
      const told = JSON.parse(event) as Omit<StoredPart, 'personal' | 'position'>;
      const [box] = await sealed([{ ...told, position: place.position, personal }]);
      await pool.query(
        'update bus.parked set personal = $5 where reader = $1 and source = $2 and shard = $3 and position = $4',
        [place.reader, place.source, place.shard, place.position, box],
      );
    }
    return rows.length;
  }

  async function sealAll(): Promise<void> {
    const places = await checkpoints.read(pool, [reader]);
    const at = (shard: number): number => places.find((place) => place.shard === shard)?.position ?? 0;
    if (at(allShards) > 0) return;
    const heads = await log.heads();
    let count = await sealParked();
    for (const [shard, head] of heads.entries()) count += await sealShard(shard, at(shard), head);
    await checkpoints.advance(pool, { reader, source: log.service, shard: allShards, position: 1 }, 0);
    if (count > 0) logger.info({ count }, 'personal parts that were stored before were sealed');
  }

  return { name: reader, run: sealAll };
}
