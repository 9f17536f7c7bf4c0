import { EntitySchema } from 'typeorm';

export interface RawChangeRow {
  workspaceId: string;
  aliasKey: string;
  shard: number;
  position: number;
}

/** Where in the log something stands that is of no conversation, by whom it may name; what it says stands in the log alone. */
export const RawChangeTable = new EntitySchema<RawChangeRow>({
  name: 'raw_change',
  columns: {
    workspaceId: { name: 'workspace_id', type: 'uuid', primary: true },
    aliasKey: { name: 'alias_key', type: 'text', primary: true },
    shard: { type: 'int', primary: true },
    position: { type: 'bigint', primary: true },
  },
});
