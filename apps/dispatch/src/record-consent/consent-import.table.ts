import { EntitySchema } from 'typeorm';

/** A file of consents that is being taken, or was. */
export interface ConsentImportRow {
  importId: string;
  workspaceId: string;
  state: 'running' | 'done' | 'failed';
  rows: number;
  accepted: number;
  rejected: number;
  /** Why it could not be taken to its end. */
  detail: string | null;
  begunAt: Date;
  /** When it last got on. */
  notedAt: Date;
}

export const ConsentImportTable = new EntitySchema<ConsentImportRow>({
  name: 'consent_import',
  columns: {
    importId: { name: 'import_id', type: 'uuid', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    state: { type: 'text' },
    rows: { type: 'int' },
    accepted: { type: 'int' },
    rejected: { type: 'int' },
    detail: { type: 'text', nullable: true },
    begunAt: { name: 'begun_at', type: 'timestamptz' },
    notedAt: { name: 'noted_at', type: 'timestamptz' },
  },
  indices: [{ name: 'consent_import_workspace', columns: ['workspaceId', 'begunAt'] }],
});

/** A line that could not be taken; says why without quoting it. */
export interface ConsentImportErrorRow {
  importId: string;
  line: number;
  index: number;
  code: string;
  detail: string;
}

export const ConsentImportErrorTable = new EntitySchema<ConsentImportErrorRow>({
  name: 'consent_import_error',
  columns: {
    importId: { name: 'import_id', type: 'uuid', primary: true },
    line: { type: 'int', primary: true },
    index: { type: 'int' },
    code: { type: 'text' },
    detail: { type: 'text' },
  },
});
