import { EntitySchema } from 'typeorm';

export interface ObservedRow {
  kind: string;
  id: string;
  workspaceId: string;
  version: number;
  state: object;
}

const columns = {
  kind: { type: 'text', primary: true },
  id: { type: 'uuid', primary: true },
  workspaceId: { name: 'workspace_id', type: 'uuid' },
  version: { type: 'int' },
  state: { type: 'jsonb' },
} as const;

/** Numbers, their accounts and portfolios, and what is paused, as their owners' events leave them. */
export const SenderHealthTable = new EntitySchema<ObservedRow>({
  name: 'sender_health',
  columns,
  indices: [{ name: 'sender_health_of_workspace', columns: ['workspaceId', 'kind'] }],
});

export const TemplateCatalogueTable = new EntitySchema<ObservedRow>({
  name: 'template_catalogue',
  columns,
  indices: [{ name: 'template_catalogue_of_workspace', columns: ['workspaceId', 'kind'] }],
});
