import { GroupMediaFailed, GroupMediaStored, MediaFailed, MediaStored } from '@postrider/event-contracts';
import type { Clock } from '@postrider/decider';
import type { EventLog } from '@postrider/event-store';
import { derivedId } from '@postrider/keys';
import { everySoOften } from '@postrider/service-host';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { ObjectStore } from '../object-store/object-store';
import type { NumberPlace, Place } from '../translate/fact';
import { claimMediaJobs } from './claim-media-jobs.sql';
import { FileLost, type FetchedFile, type FileAtMeta } from './fetch-media';

interface GroupPlace extends NumberPlace {
  readonly groupId: string;
}

interface Claimed {
  id: string;
  workspace_id: string;
  place: Place | GroupPlace;
  wamid: string;
  media_id: string;
  mime_type: string | null;
  sha256: string | null;
  url: string | null;
  ordering_key: string;
  alias_keys: string[];
  received_at: Date;
  attempts: number;
}

const minuteMs = 60_000;
/** Meta keeps a received file for seven days. */
const againAfterMs = [0.5, 2, 10, 60, 6 * 60, 24 * 60, 48 * 60, 72 * 60].map((minutes) => minutes * minuteMs);
/** Files have up to 100 MB, so few are in memory at once. */
const atOnce = 4;
const claimMs = 5 * minuteMs;
const idleMs = 500;

/** Fetches the files that messages brought and keeps them, in the background. */
export function storeMedia(deps: {
  pool: Pool;
  clock: Clock;
  log: EventLog;
  store: ObjectStore;
  fetch: (file: FileAtMeta) => Promise<FetchedFile>;
  logger: Logger;
}) {
  const { pool, clock, log, store, logger } = deps;

  async function tell(job: Claimed, event: { type: string; data: unknown }): Promise<void> {
    await log.append([
      {
        streamId: streamOf(job.place),
        expectedVersion: 'any',
        orderingKey: job.ordering_key,
        events: [{ ...event, id: derivedId.fact(event.type, job.id), at: clock.now() }],
        meta: {
          workspaceId: job.workspace_id,
          actor: 'service:webhooks',
          correlationId: job.id,
          aliasKeys: job.alias_keys,
        },
      },
    ]);
  }

  async function keep(job: Claimed): Promise<void> {
    const { accountId, phoneNumberId } = job.place;
    const file = await deps.fetch({
      ...{ accountId, phoneNumberId, mediaId: job.media_id, mimeType: job.mime_type },
      ...{ sha256: job.sha256, url: job.url, receivedAt: job.received_at },
    });
    const objectKey = `${job.workspace_id}/${streamOf(job.place)}/${job.id}`;
    await store.put(objectKey, file.bytes, file.mimeType);
    const { sha256, mimeType } = file;
    const { wamid, media_id: mediaId, place } = job;
    const told = { wamid, mediaId, objectKey, mimeType, sha256, bytes: file.bytes.length };
    const event = isGroup(place) ? GroupMediaStored.of({ ...place, ...told }) : MediaStored.of({ ...place, ...told });
    await tell(job, event);
    await pool.query('update media_job set done_at = $2, object_key = $3, mime_type = $4 where id = $1', [
      ...[job.id, clock.now(), objectKey, mimeType],
    ]);
  }

  async function work(job: Claimed): Promise<void> {
    try {
      await keep(job);
    } catch (error) {
      const againMs = againAfterMs[job.attempts - 1];
      if (againMs === undefined || error instanceof FileLost) return giveUp(job, error);
      logger.warn({ mediaJob: job.id, attempt: job.attempts, reason: reasonOf(error) }, 'a file could not be had yet');
      await pool.query('update media_job set due_at = $2 where id = $1', [
        job.id,
        new Date(clock.now().getTime() + againMs),
      ]);
    }
  }

  async function giveUp(job: Claimed, error: unknown): Promise<void> {
    const { wamid, media_id: mediaId, place } = job;
    const told = { wamid, mediaId, because: reasonOf(error), final: true };
    await tell(
      job,
      isGroup(place) ? GroupMediaFailed.of({ ...place, ...told }) : MediaFailed.of({ ...place, ...told }),
    );
    await pool.query('update media_job set done_at = $2 where id = $1', [job.id, clock.now()]);
  }

  /** Does what is due; tells how much there was. */
  async function round(): Promise<number> {
    const now = clock.now();
    const { rows } = await pool.query<Claimed>(claimMediaJobs, [now, new Date(now.getTime() + claimMs), atOnce]);
    await Promise.all(rows.map(work));
    return rows.length;
  }
  return { round, worker: everySoOften('store media', idleMs, async () => ((await round()) > 0 ? 'more' : undefined)) };
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 500);

const isGroup = (place: Place | GroupPlace): place is GroupPlace => !('conversationId' in place);

/** What a group's people write belongs to no conversation. */
const streamOf = (place: Place | GroupPlace): string =>
  isGroup(place) ? derivedId.accountSide(place.accountId) : place.conversationId;
