import { limits } from '../limits';
import type { Problem } from '../problems';

export type MediaKind = keyof typeof limits.mediaBytes;

/** The types that Meta takes for each kind but documents, for which it names some and takes others too. */
const mimeTypes: Readonly<Record<Exclude<MediaKind, 'document'>, readonly string[]>> = {
  audio: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
  image: ['image/jpeg', 'image/png'],
  video: ['video/mp4', 'video/3gpp'],
  sticker: ['image/webp'],
};

const bare = (mimeType: string): string => (mimeType.split(';')[0] ?? '').trim().toLowerCase();

/** As what a file of this type can be sent: anything that is no audio, image, video or sticker goes as a document. */
export function mediaKindOf(mimeType: string): MediaKind {
  const type = bare(mimeType);
  const known = (Object.keys(mimeTypes) as (keyof typeof mimeTypes)[]).find((kind) => mimeTypes[kind].includes(type));
  return known ?? 'document';
}

/**
 * What is wrong with a file before it is uploaded: its type is no media type, it is empty, or it has more bytes than
 * Meta takes of its kind. `as` is the kind of message that will carry it, where that is known: a picture may go as a
 * document, a document never as a picture. Nothing where Meta takes it.
 */
export function mediaFileProblem(file: { mimeType: string; bytes: number }, as?: MediaKind): Problem | undefined {
  const type = bare(file.mimeType);
  if (type.length > 255 || !/^[\w.+-]+\/[\w.+-]+$/.test(type))
    return { path: 'mimeType', message: 'must be a media type as image/jpeg' };
  const kind = as ?? mediaKindOf(type);
  if (kind !== 'document' && !mimeTypes[kind].includes(type))
    return { path: 'mimeType', message: `must be one of ${mimeTypes[kind].join(', ')} to go as ${kind}` };
  if (file.bytes <= 0) return { path: 'bytes', message: 'must not be empty' };
  const max = limits.mediaBytes[kind];
  return file.bytes > max ? { path: 'bytes', message: `must be at most ${max} bytes to go as ${kind}` } : undefined;
}
