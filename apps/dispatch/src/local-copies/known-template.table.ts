import type { TemplateFacts } from '@postrider/compliance';
import type { TemplateCategory, TemplateDefinition } from '@postrider/event-contracts';
import { EntitySchema } from 'typeorm';

export interface KnownTemplate {
  templateId: string;
  workspaceId: string;
  accountId: string;
  name: string;
  language: string;
  state: TemplateFacts['state'];
  category: TemplateCategory;
  pausedUntil: Date | null;
  /** What is in force at Meta, or would be sent for review. */
  definition: TemplateDefinition;
  /** Of the template's stream. */
  version: number;
}

export const KnownTemplateTable = new EntitySchema<KnownTemplate>({
  name: 'known_template',
  columns: {
    templateId: { name: 'template_id', type: 'uuid', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    accountId: { name: 'account_id', type: 'uuid' },
    name: { type: 'text' },
    language: { type: 'text' },
    state: { type: 'text' },
    category: { type: 'text' },
    pausedUntil: { name: 'paused_until', type: 'timestamptz', nullable: true },
    definition: { type: 'jsonb' },
    version: { type: 'int' },
  },
  indices: [{ name: 'known_template_name', columns: ['accountId', 'name', 'language'] }],
});
