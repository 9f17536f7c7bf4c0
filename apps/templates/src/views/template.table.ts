import { EntitySchema } from 'typeorm';
import type { Template } from '../template/template.decider';

/** One template as its stream has it, with what lists are asked by in columns of their own. */
export interface TemplateRow {
  id: string;
  workspaceId: string;
  accountId: string;
  name: string;
  language: string;
  state: string;
  metaTemplateId: string | null;
  seq: string;
  streamVersion: number;
  shown: Template;
  createdAt: Date;
  changedAt: Date;
}

export const TemplateTable = new EntitySchema<TemplateRow>({
  name: 'template',
  columns: {
    id: { type: 'uuid', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    accountId: { name: 'account_id', type: 'uuid' },
    name: { type: 'text' },
    language: { type: 'text' },
    state: { type: 'text' },
    metaTemplateId: { name: 'meta_template_id', type: 'text', nullable: true },
    seq: { type: 'bigint', generated: 'increment' },
    streamVersion: { name: 'stream_version', type: 'int' },
    shown: { type: 'jsonb' },
    createdAt: { name: 'created_at', type: 'timestamptz' },
    changedAt: { name: 'changed_at', type: 'timestamptz' },
  },
  indices: [
    { name: 'template_list', columns: ['workspaceId', 'seq'] },
    { name: 'template_of_meta', columns: ['accountId', 'metaTemplateId'] },
  ],
});
