import { CloudApiError, type ClassifiedError } from '@postrider/cloud-api-client';
import type { Logger } from 'pino';
import type { MediaStore } from '../media/media-store';
import { mediaIn, withMetaIds } from '../media/references';
import type { Accounts } from './accounts';

/** Brings callers' files to Meta once for each number, before the messages that show them are sent. */
export interface Uploads {
  /** Whether every file that this payload shows can be named to Meta now, or will never be; else they are on their way. */
  areReady(payload: unknown): boolean;
  /** With Meta's ids; or why there are none. */
  fill<Payload>(payload: Payload): { readonly payload: Payload } | { readonly error: ClassifiedError };
}

export interface UploadsDeps {
  readonly store: MediaStore;
  readonly accounts: Accounts;
  readonly logger: Logger;
  readonly workspaceId: string;
  readonly accountId: string;
  readonly phoneNumberId: string;
}

type Known = { readonly metaId: string } | { readonly error: ClassifiedError };

/** A file that failed in passing is tried again after this time. */
const failureKeptMs = 2_000;
const uploadTimeoutMs = 120_000;

export function uploads(deps: UploadsDeps): Uploads {
  const known = new Map<string, Known>();
  const underWay = new Set<string>();
  const bring = async (id: string): Promise<void> => {
    try {
      known.set(id, { metaId: await metaIdOf(deps, id) });
    } catch (error) {
      const failed = failure(error);
      deps.logger.warn({ mediaId: id, code: failed.code }, 'a file could not be brought to Meta');
      if (!failed.retryable) known.set(id, { error: failed });
      else await new Promise((resolve) => setTimeout(resolve, failureKeptMs));
    } finally {
      underWay.delete(id);
    }
  };
  return {
    areReady(payload) {
      const missing = mediaIn(payload).filter((id) => !known.has(id));
      for (const id of missing) {
        if (underWay.has(id)) continue;
        underWay.add(id);
        void bring(id);
      }
      return missing.length === 0;
    },
    fill(payload) {
      for (const id of mediaIn(payload)) {
        const file = known.get(id);
        if (file !== undefined && 'error' in file) return { error: file.error };
      }
      return {
        payload: withMetaIds(payload, (id) => (known.get(id) as { metaId?: string } | undefined)?.metaId ?? id),
      };
    },
  };
}

async function metaIdOf({ store, accounts, ...of }: UploadsDeps, id: string): Promise<string> {
  const there = await store.atMeta(id, of.phoneNumberId);
  if (there !== undefined) return there;
  const info = (await store.find(of.workspaceId, [id])).get(id);
  if (info === undefined) throw gone();
  const client = await accounts.client(of.accountId);
  if (client === undefined) throw new Error('there are no credentials of this account');
  const { mimeType, filename } = info;
  const file = { bytes: await store.read(info), mimeType, ...(filename === undefined ? {} : { filename }) };
  const uploaded = await client.media.upload(of.phoneNumberId, file, { timeoutMs: uploadTimeoutMs });
  await store.rememberAtMeta(id, of.phoneNumberId, uploaded.id);
  return uploaded.id;
}

const gone = (): CloudApiError =>
  new CloudApiError(
    'rejected',
    {
      code: 'media-expired',
      title: 'The file is not there any more',
      action: { do: 'fail' },
      retryable: false,
      surelyRejected: true,
      remedy: 'Upload the file again and send a new message',
    },
    'POST {media}',
  );

/** Anything but Meta's own refusal passes. */
function failure(error: unknown): ClassifiedError {
  if (error instanceof CloudApiError) return error.error;
  return {
    code: 'upload-failed',
    title: error instanceof Error ? error.message : 'The file could not be uploaded',
    action: { do: 'fix' },
    retryable: true,
    surelyRejected: true,
    remedy: 'Wait',
  };
}
