import { recordedColumns } from '../recorded-row';

export const readStream = `
select ${recordedColumns} from log.event where stream_id = $1::uuid order by version`;
