import { mediaFileProblem } from '@postrider/cloud-api-payloads';
import { FormData } from 'undici';
import { CloudApiError } from '../cloud-api-error';
import { MediaInfo } from '../answers/media';
import { Created, Success } from '../answers/success';
import { refusalOf } from '../transport/allowed-hosts';
import { exchange, type Answer } from '../transport/exchange';
import { RequestFailed } from '../transport/failure';
import { hostRefused, type CallOptions, type Graph } from '../transport/graph';
import { readAnswer, readFailure } from '../transport/read-answer';
import { malformedPayload } from './refused-here';

export interface MediaFile {
  readonly bytes: Uint8Array;
  readonly mimeType: string;
  readonly filename?: string;
}
export interface Downloaded {
  readonly bytes: Buffer;
  readonly mimeType: string;
  /** As Meta states it: hex or base64; nothing for a download by address. */
  readonly sha256?: string;
}
type OfNumber = CallOptions & { readonly phoneNumberId?: string };

/** Meta's cap on any file. */
const fileMaxBytes = 100 * 1024 * 1024;

async function fetchFile(api: Graph, url: string, options: CallOptions): Promise<Answer> {
  const { settings } = api;
  const name = 'GET {media url}';
  const address = new URL(url);
  const because = refusalOf(address, settings.allowedHosts);
  if (because) throw hostRefused(because, name);
  const token = typeof settings.accessToken === 'string' ? settings.accessToken : await settings.accessToken();
  try {
    const answer = await exchange(settings.pools.poolFor(address.origin), {
      method: 'GET',
      path: `${address.pathname}${address.search}`,
      // Meta answers requests that name no client with an error page.
      headers: { authorization: `Bearer ${token}`, 'user-agent': 'postrider' },
      timeoutMs: options.timeoutMs ?? settings.timeoutMs,
      answerMaxBytes: fileMaxBytes,
      ...(options.signal ? { signal: options.signal } : {}),
    });
    if (answer.status === 200) return answer;
    const reading = readAnswer(answer);
    if (reading.kind === 'answered') throw new RequestFailed('connection-failed', true);
    throw new CloudApiError(reading.kind, reading.error, name);
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error;
    const reading = readFailure(error);
    if (reading.kind === 'answered') throw error;
    throw new CloudApiError(reading.kind, reading.error, name, undefined, { cause: error });
  }
}

/** Files: an uploaded id lives for thirty days, a received one for seven, an address for five minutes. */
export const media = (api: Graph) => {
  const path = (id: string) => `/${encodeURIComponent(id)}`;
  const get = (id: string, options: OfNumber = {}): Promise<MediaInfo> =>
    api.call({ method: 'GET', path: path(id), query: { phone_number_id: options.phoneNumberId } }, MediaInfo, options);
  const downloadFrom = async (url: string, options: CallOptions = {}): Promise<Downloaded> => {
    const answer = await fetchFile(api, url, options);
    return { bytes: answer.body, mimeType: answer.headers['content-type'] ?? 'application/octet-stream' };
  };
  return {
    /** Refused here where Meta takes no file of that type or size. */
    upload: async (phoneNumberId: string, file: MediaFile, options?: CallOptions): Promise<Created> => {
      const problem = mediaFileProblem({ mimeType: file.mimeType, bytes: file.bytes.byteLength });
      if (problem) throw new CloudApiError('rejected', malformedPayload([problem]), 'POST /{id}/media');
      const form = new FormData();
      form.set('messaging_product', 'whatsapp');
      form.set('type', file.mimeType);
      form.set(
        'file',
        new Blob([file.bytes as Uint8Array<ArrayBuffer>], { type: file.mimeType }),
        file.filename ?? 'file',
      );
      return api.call({ method: 'POST', path: `${path(phoneNumberId)}/media`, body: form }, Created, options);
    },
    get,
    /** Two hops: where the file is, then the file. The token goes to Meta's hosts and those allowed by name only. */
    download: async (id: string, options: OfNumber = {}): Promise<Downloaded> => {
      const info = await get(id, options);
      const file = await downloadFrom(info.url, options);
      return { ...file, mimeType: info.mime_type ?? file.mimeType, ...(info.sha256 ? { sha256: info.sha256 } : {}) };
    },
    /** By the address that a webhook carried. 404: it has ended; download by id. */
    downloadFrom,
    delete: (id: string, options: OfNumber = {}): Promise<Success> =>
      api.call(
        { method: 'DELETE', path: path(id), query: { phone_number_id: options.phoneNumberId } },
        Success,
        options,
      ),
  };
};
