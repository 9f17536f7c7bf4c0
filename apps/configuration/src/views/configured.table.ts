import { EntitySchema } from 'typeorm';

/** One configured thing: the state its stream leads to, as the decider has it. */
export interface ConfiguredRow {
  kind: string;
  id: string;
  workspaceId: string;
  seq: string;
  streamVersion: number;
  state: unknown;
  createdAt: Date;
  changedAt: Date;
}

export const ConfiguredTable = new EntitySchema<ConfiguredRow>({
  name: 'configured',
  columns: {
    kind: { type: 'text', primary: true },
    id: { type: 'uuid', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    seq: { type: 'bigint', generated: 'increment' },
    streamVersion: { name: 'stream_version', type: 'int' },
    state: { type: 'jsonb' },
    createdAt: { name: 'created_at', type: 'timestamptz' },
    changedAt: { name: 'changed_at', type: 'timestamptz' },
  },
  indices: [{ name: 'configured_list', columns: ['workspaceId', 'kind', 'seq'] }],
});
