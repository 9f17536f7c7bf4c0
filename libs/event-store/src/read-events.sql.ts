import { recordedColumns } from './recorded-row';

export const readStreams = `
select ${recordedColumns} from log.event where stream_id = any($1::uuid[]) order by stream_id, version`;

export const readStream = `
select ${recordedColumns} from log.event where stream_id = $1::uuid order by version`;

export const readShard = `
select ${recordedColumns} from log.event where shard = $1::smallint and pos > $2::bigint order by pos limit $3::int`;

export const readHeads = 'select shard, pos from log.shard_head order by shard';
