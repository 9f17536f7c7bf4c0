import { EntitySchema } from 'typeorm';

export interface MediaJobRow {
  id: string;
  workspaceId: string;
  place: object;
  wamid: string;
  mediaId: string;
  mimeType: string | null;
  sha256: string | null;
  url: string | null;
  orderingKey: string;
  aliasKeys: string[];
  receivedAt: Date;
  dueAt: Date;
  attempts: number;
  doneAt: Date | null;
  objectKey: string | null;
}

/** Received files: to be fetched, and where those that were fetched are kept. */
export const MediaJobTable = new EntitySchema<MediaJobRow>({
  name: 'media_job',
  columns: {
    id: { type: 'uuid', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    place: { type: 'jsonb' },
    wamid: { type: 'text' },
    mediaId: { name: 'media_id', type: 'text' },
    mimeType: { name: 'mime_type', type: 'text', nullable: true },
    sha256: { type: 'text', nullable: true },
    url: { type: 'text', nullable: true },
    orderingKey: { name: 'ordering_key', type: 'text' },
    aliasKeys: { name: 'alias_keys', type: 'jsonb' },
    receivedAt: { name: 'received_at', type: 'timestamptz' },
    dueAt: { name: 'due_at', type: 'timestamptz' },
    attempts: { type: 'int' },
    doneAt: { name: 'done_at', type: 'timestamptz', nullable: true },
    objectKey: { name: 'object_key', type: 'text', nullable: true },
  },
  indices: [
    { name: 'media_job_due', columns: ['dueAt'], where: 'done_at is null' },
    { name: 'media_job_of_media', columns: ['workspaceId', 'mediaId'] },
  ],
});
