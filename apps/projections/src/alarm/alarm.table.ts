import { EntitySchema } from 'typeorm';

export interface AlarmRow {
  workspaceId: string;
  service: string;
  key: string;
  kind: string;
  version: number;
  raised: boolean;
  at: Date;
  severity: string | null;
  text: string | null;
  subject: Record<string, string> | null;
}

export const AlarmTable = new EntitySchema<AlarmRow>({
  name: 'alarm',
  columns: {
    workspaceId: { name: 'workspace_id', type: 'uuid', primary: true },
    service: { type: 'text', primary: true },
    key: { type: 'text', primary: true },
    kind: { type: 'text' },
    version: { type: 'int' },
    raised: { type: 'boolean' },
    at: { type: 'timestamptz' },
    severity: { type: 'text', nullable: true },
    text: { type: 'text', nullable: true },
    subject: { type: 'jsonb', nullable: true },
  },
});
