import { recordedColumns } from '../recorded-row';

export const readShard = `
select ${recordedColumns} from log.event where shard = $1::smallint and pos > $2::bigint order by pos limit $3::int`;
