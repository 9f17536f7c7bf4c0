import { recordedColumns } from '../recorded-row';

export const readStreams = `
select ${recordedColumns} from log.event where stream_id = any($1::uuid[]) order by stream_id, version`;
