import { EntitySchema } from 'typeorm';

/** What a person did about a template message: tapped its button, or stopped marketing. */
export interface TemplateResponseRow {
  eventId: string;
  workspaceId: string;
  kind: 'tap' | 'stop';
  /** The message whose button was tapped. */
  wamid: string | null;
  /** Who stopped; which message it was about is the last one before. */
  contactId: string | null;
  at: Date;
}

export const TemplateResponseTable = new EntitySchema<TemplateResponseRow>({
  name: 'template_response',
  columns: {
    eventId: { name: 'event_id', type: 'uuid', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    kind: { type: 'text' },
    wamid: { type: 'text', nullable: true },
    contactId: { name: 'contact_id', type: 'uuid', nullable: true },
    at: { type: 'timestamptz' },
  },
  indices: [{ name: 'template_response_of_workspace', columns: ['workspaceId', 'kind'] }],
});
