import { createHash } from 'node:crypto';
import type { Clock } from '@postrider/decider';
import type { Keyring } from '@postrider/keys';
import type { Pool } from 'pg';
import { v7 } from 'uuid';

export interface MediaInfo {
  readonly id: string;
  readonly sha256: string;
  readonly mimeType: string;
  readonly filename?: string;
  readonly bytes: number;
  readonly expiresAt: Date;
}

/** Pieces that were written, and are not a file yet. */
export interface Draft {
  readonly id: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Keeps callers' files, sealed and in pieces, so that no file is held in memory while it comes in. */
export interface MediaStore {
  /** Undefined where the stream brings more than `bytesMax`; then nothing is kept. */
  write(stream: AsyncIterable<Buffer>, bytesMax: number): Promise<Draft | undefined>;
  /** Makes a file of a draft, under the draft's id. */
  keep(workspaceId: string, draft: Draft, file: { mimeType: string; filename?: string }): Promise<MediaInfo>;
  discard(draft: Pick<Draft, 'id'>): Promise<void>;
  /** Those of these that the workspace has and that live on. */
  find(workspaceId: string, ids: readonly string[]): Promise<Map<string, MediaInfo>>;
  read(info: MediaInfo): Promise<Buffer>;
  /** Under what id Meta has it for this number, for at least an hour more. */
  atMeta(id: string, phoneNumberId: string): Promise<string | undefined>;
  rememberAtMeta(id: string, phoneNumberId: string, metaId: string): Promise<void>;
  /** Forgets what has expired, and pieces that became no file. */
  sweep(): Promise<void>;
}

const day = 24 * 3_600_000;
const keptMs = 30 * day;
/** Meta keeps an upload for 30 days; one that is about to end is uploaded anew. */
const keptAtMetaMs = 29 * day;
const draftKeptMs = day;
const pieceBytes = 1024 * 1024;

interface Row {
  media_id: string;
  sha256: string;
  mime_type: string;
  filename: string | null;
  bytes: number;
  expires_at: Date;
}

export function mediaStore({
  pool,
  keys,
  clock,
}: {
  pool: Pool;
  keys: Pick<Keyring, 'seal' | 'open'>;
  clock: Clock;
}): MediaStore {
  const later = (ms: number): Date => new Date(clock.now().getTime() + ms);
  const context = (id: string, place: number): string => `media/${id}/${place}`;
  const discard = async ({ id }: { id: string }): Promise<void> => {
    await pool.query('delete from media_piece where media_id = $1', [id]);
  };
  return {
    async write(stream, bytesMax) {
      const id = v7();
      const hash = createHash('sha256');
      let bytes = 0;
      let place = 0;
      for await (const piece of inPieces(stream)) {
        bytes += piece.length;
        if (bytes > bytesMax) {
          await discard({ id });
          return undefined;
        }
        hash.update(piece);
        await pool.query('insert into media_piece values ($1, $2, $3, $4)', [
          id,
          place,
          keys.seal(piece, context(id, place)),
          clock.now(),
        ]);
        place++;
      }
      return { id, sha256: hash.digest('hex'), bytes };
    },
    async keep(workspaceId, { id, sha256, bytes }, { mimeType, filename }) {
      const expiresAt = later(keptMs);
      await pool.query('insert into media values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing', [
        ...[id, workspaceId, sha256, mimeType, filename ?? null, bytes, expiresAt],
      ]);
      return { id, sha256, bytes, mimeType, expiresAt, ...(filename === undefined ? {} : { filename }) };
    },
    discard,
    async find(workspaceId, ids) {
      if (ids.length === 0) return new Map();
      const { rows } = await pool.query<Row>(
        'select * from media where workspace_id = $1 and media_id = any($2) and expires_at > $3',
        [workspaceId, ids, clock.now()],
      );
      return new Map(rows.map((row) => [row.media_id, infoOf(row)]));
    },
    async read({ id }) {
      const { rows } = await pool.query<{ place: number; sealed: Buffer }>(
        'select place, sealed from media_piece where media_id = $1 order by place',
        [id],
      );
      return Buffer.concat(rows.map(({ place, sealed }) => keys.open(sealed, context(id, place))));
    },
    async atMeta(id, phoneNumberId) {
      const { rows } = await pool.query<{ meta_id: string }>(
        'select meta_id from media_at_meta where media_id = $1 and phone_number_id = $2 and expires_at > $3',
        [id, phoneNumberId, later(3_600_000)],
      );
      return rows[0]?.meta_id;
    },
    async rememberAtMeta(id, phoneNumberId, metaId) {
      await pool.query(
        `insert into media_at_meta values ($1, $2, $3, $4)
         on conflict (media_id, phone_number_id) do update set meta_id = excluded.meta_id, expires_at = excluded.expires_at`,
        [id, phoneNumberId, metaId, later(keptAtMetaMs)],
      );
    },
    async sweep() {
      await pool.query('delete from media where expires_at <= $1', [clock.now()]);
      await pool.query('delete from media_at_meta where expires_at <= $1', [clock.now()]);
      await pool.query(
        `delete from media_piece piece
          where at <= $1 and not exists (select from media where media.media_id = piece.media_id)`,
        [later(-draftKeptMs)],
      );
    },
  };
}

const infoOf = (row: Row): MediaInfo => ({
  id: row.media_id,
  sha256: row.sha256,
  mimeType: row.mime_type,
  bytes: row.bytes,
  expiresAt: row.expires_at,
  ...(row.filename === null ? {} : { filename: row.filename }),
});

/** What comes in small, cut into pieces of one size. */
async function* inPieces(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const part of stream) {
    held.push(part);
    size += part.length;
    while (size >= pieceBytes) {
      const all = Buffer.concat(held);
      yield all.subarray(0, pieceBytes);
      held = [all.subarray(pieceBytes)];
      size -= pieceBytes;
    }
  }
  if (size > 0) yield Buffer.concat(held);
}
