import { EntitySchema } from 'typeorm';

/** A file that a caller gave, to be sent as often as they like for as long as it lives. */
export interface MediaRow {
  mediaId: string;
  workspaceId: string;
  /** Hex. */
  sha256: string;
  mimeType: string;
  filename: string | null;
  bytes: number;
  expiresAt: Date;
}

export const MediaTable = new EntitySchema<MediaRow>({
  name: 'media',
  columns: {
    mediaId: { name: 'media_id', type: 'uuid', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    sha256: { type: 'text' },
    mimeType: { name: 'mime_type', type: 'text' },
    filename: { type: 'text', nullable: true },
    bytes: { type: 'int' },
    expiresAt: { name: 'expires_at', type: 'timestamptz' },
  },
});

/** A file in pieces, each sealed under the master key. */
export interface MediaPieceRow {
  mediaId: string;
  place: number;
  sealed: Buffer;
  at: Date;
}

export const MediaPieceTable = new EntitySchema<MediaPieceRow>({
  name: 'media_piece',
  columns: {
    mediaId: { name: 'media_id', type: 'uuid', primary: true },
    place: { type: 'int', primary: true },
    sealed: { type: 'bytea' },
    at: { type: 'timestamptz' },
  },
});

/** Under what id Meta has a file, for one number. */
export interface MediaAtMetaRow {
  mediaId: string;
  phoneNumberId: string;
  metaId: string;
  expiresAt: Date;
}

export const MediaAtMetaTable = new EntitySchema<MediaAtMetaRow>({
  name: 'media_at_meta',
  columns: {
    mediaId: { name: 'media_id', type: 'uuid', primary: true },
    phoneNumberId: { name: 'phone_number_id', type: 'text', primary: true },
    metaId: { name: 'meta_id', type: 'text' },
    expiresAt: { name: 'expires_at', type: 'timestamptz' },
  },
});
