import { request } from 'undici';
import { Fault } from '@postrider/decider';
import { checkedKey, type ObjectStore } from './object-store';
import { signed, type S3Account, type S3Request } from './s3-signature';

export interface S3Settings extends S3Account {
  /** Such as `https://s3.eu-central-1.amazonaws.com` or an own server's. The bucket is named in the path. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly prefix: string;
}

const timeoutMs = 60_000;

/** Objects in a bucket of anything that speaks S3. */
export function s3Store(settings: S3Settings, now: () => Date): ObjectStore {
  const urlOf = (key: string): URL =>
    new URL(
      `/${[settings.bucket, settings.prefix, checkedKey(key)].filter((part) => part !== '').join('/')}`,
      settings.endpoint,
    );

  async function ask(asked: S3Request): Promise<{ status: number; bytes: Buffer }> {
    const answer = await request(asked.url, {
      method: asked.method,
      headers: signed(asked, settings, now()),
      ...(asked.method === 'PUT' ? { body: asked.body } : {}),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    return { status: answer.statusCode, bytes: Buffer.from(await answer.body.arrayBuffer()) };
  }
  const failed = (what: string, status: number): Fault =>
    new Fault({
      code: 'unavailable',
      message: `the object store answered ${status} to ${what}`,
      publicText: 'The store of files cannot be reached just now.',
      retryable: true,
    });

  return {
    async put(key, bytes, mimeType) {
      const { status } = await ask({
        method: 'PUT',
        url: urlOf(key),
        headers: { 'content-type': mimeType },
        body: bytes,
      });
      if (status >= 300) throw failed('PUT', status);
    },
    async get(key) {
      const { status, bytes } = await ask({ method: 'GET', url: urlOf(key), headers: {}, body: Buffer.alloc(0) });
      if (status === 404) return undefined;
      if (status >= 300) throw failed('GET', status);
      return bytes;
    },
    async remove(key) {
      const { status } = await ask({ method: 'DELETE', url: urlOf(key), headers: {}, body: Buffer.alloc(0) });
      if (status >= 300 && status !== 404) throw failed('DELETE', status);
    },
  };
}
