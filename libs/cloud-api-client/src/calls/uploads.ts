import { UploadHandle, UploadSession } from '../answers/media';
import type { CallOptions, Graph } from '../transport/graph';
import type { MediaFile } from './media';

/** Resumable uploads: the handles of template samples and profile pictures. */
export const uploads = (api: Graph) => {
  const start = async (
    appId: string,
    file: { name: string; bytes: number; mimeType: string },
    options?: CallOptions,
  ) => {
    const query = { file_name: file.name, file_length: file.bytes, file_type: file.mimeType };
    return (
      await api.call({ method: 'POST', path: `/${encodeURIComponent(appId)}/uploads`, query }, UploadSession, options)
    ).id;
  };
  /** How many bytes of a session Meta has. */
  const offset = async (session: string, options?: CallOptions): Promise<number> =>
    (await api.call({ method: 'GET', path: `/${session}`, headers: await oauth(api) }, UploadSession, options))
      .file_offset ?? 0;
  /** Sends the rest of the file from an offset; gives its handle. */
  const send = async (session: string, bytes: Uint8Array, from = 0, options?: CallOptions): Promise<string> => {
    const headers = { ...(await oauth(api)), file_offset: String(from), 'content-type': 'application/octet-stream' };
    const body = Buffer.from(bytes.buffer, bytes.byteOffset + from, bytes.byteLength - from);
    return (await api.call({ method: 'POST', path: `/${session}`, headers, body }, UploadHandle, options)).h;
  };
  return {
    start,
    offset,
    send,
    /** The whole of it; takes up once where a transfer broke off. */
    upload: async (
      appId: string,
      file: MediaFile & { readonly filename: string },
      options?: CallOptions,
    ): Promise<string> => {
      const session = await start(
        appId,
        { name: file.filename, bytes: file.bytes.byteLength, mimeType: file.mimeType },
        options,
      );
      try {
        return await send(session, file.bytes, 0, options);
      } catch (error) {
        if (options?.signal?.aborted || !(error as { retryable?: boolean }).retryable) throw error;
        return send(session, file.bytes, await offset(session, options), options);
      }
    },
  };
};

/** This edge alone takes the token as `OAuth`. */
async function oauth({ settings: { accessToken } }: Graph): Promise<Record<string, string>> {
  return { authorization: `OAuth ${typeof accessToken === 'string' ? accessToken : await accessToken()}` };
}
