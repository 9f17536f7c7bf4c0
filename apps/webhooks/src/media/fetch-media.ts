import { createHash } from 'node:crypto';
import { cloudApi, CloudApiError, type Downloaded } from '@postrider/cloud-api-client';
import { Fault, type Clock } from '@postrider/decider';
import type { InternalCalls } from '@postrider/service-host';

export interface FileAtMeta {
  readonly accountId: string;
  readonly phoneNumberId: string;
  readonly mediaId: string;
  readonly mimeType: string | null;
  /** Of the webhook: base64. */
  readonly sha256: string | null;
  readonly url: string | null;
  readonly receivedAt: Date;
}
export interface FetchedFile {
  readonly bytes: Buffer;
  readonly mimeType: string;
  /** In hex. */
  readonly sha256: string;
}

/** A file that no further try will bring. */
export class FileLost extends Error {
  override readonly name = 'FileLost';
}

/** An address in a webhook ends after five minutes; near the end it is not worth a try. */
const addressLivesMs = 4.5 * 60_000;
const timeoutMs = 60_000;

/** Fetches a received file, by the address that the webhook gave while it lives, else in two hops by its id. */
export function fetchMedia(deps: {
  internal: Pick<InternalCalls, 'credentials'>;
  graphHosts: readonly string[];
  clock: Clock;
}) {
  return async (file: FileAtMeta): Promise<FetchedFile> => {
    const credentials = await deps.internal.credentials(file.accountId);
    if (credentials === undefined) throw new FileLost('the account is not connected any more');
    const { graphUrl, accessToken } = credentials;
    const api = cloudApi({ graphUrl, accessToken, allowedHosts: deps.graphHosts, timeoutMs });
    const young = deps.clock.now().getTime() - file.receivedAt.getTime() < addressLivesMs;
    const byAddress = file.url !== null && young ? await directly(api, file.url) : undefined;
    return checked(byAddress ?? (await byId(api, file)), file);
  };
}

type Api = ReturnType<typeof cloudApi>;

/** Undefined where the address does not serve: the id will. */
async function directly(api: Api, url: string): Promise<Downloaded | undefined> {
  try {
    return await api.media.downloadFrom(url);
  } catch (error) {
    if (error instanceof CloudApiError || error instanceof TypeError) return undefined;
    throw error;
  }
}

async function byId(api: Api, { mediaId, phoneNumberId }: FileAtMeta): Promise<Downloaded> {
  try {
    return await api.media.download(mediaId, { phoneNumberId });
  } catch (error) {
    // A token that is refused will be replaced; an id that Meta does not know stays unknown.
    if (error instanceof CloudApiError && error.outcome === 'rejected' && error.metaCode === 100)
      throw new FileLost('Meta does not have it any more');
    throw error;
  }
}

function checked({ bytes, mimeType, sha256: stated }: Downloaded, file: FileAtMeta): FetchedFile {
  const digest = createHash('sha256').update(bytes).digest();
  const right = [digest.toString('hex'), digest.toString('base64'), digest.toString('base64url')];
  for (const wanted of [file.sha256, stated ?? null])
    if (wanted !== null && !right.includes(wanted) && !right.includes(wanted.toLowerCase()))
      throw new Fault({
        code: 'unavailable',
        message: 'the file does not have the hash that Meta stated',
        publicText: 'The file arrived damaged.',
        retryable: true,
      });
  return { bytes, mimeType: file.mimeType ?? mimeType, sha256: digest.toString('hex') };
}
