interface MediaKind {
  type: string;
  maxBytes: (mimeType: string) => number;
  accepts: (mimeType: string) => boolean;
}

const megabyte = 1024 * 1024;
const among =
  (...allowed: string[]) =>
  (mimeType: string): boolean =>
    allowed.includes(mimeType.split(';')[0]?.trim().toLowerCase() ?? '');

/** What may be uploaded as what, and how large. */
export const mediaKinds: readonly MediaKind[] = [
  {
    type: 'audio',
    maxBytes: () => 16 * megabyte,
    accepts: among('audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg', 'audio/opus'),
  },
  { type: 'image', maxBytes: () => 5 * megabyte, accepts: among('image/jpeg', 'image/png') },
  { type: 'video', maxBytes: () => 16 * megabyte, accepts: among('video/mp4', 'video/3gpp') },
  { type: 'sticker', maxBytes: () => 500 * 1024, accepts: among('image/webp') },
  {
    type: 'document',
    maxBytes: () => 100 * megabyte,
    accepts: among(
      'text/plain',
      'application/pdf',
      'application/msword',
      'application/vnd.ms-excel',
      'application/vnd.ms-powerpoint',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    ),
  },
];

export const kindOfMime = (mimeType: string): MediaKind | undefined =>
  mediaKinds.find((kind) => kind.accepts(mimeType));
