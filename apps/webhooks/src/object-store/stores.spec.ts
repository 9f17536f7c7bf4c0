import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ObjectStore } from './object-store';
import { openStore } from './open-store';
import { signed } from './s3-signature';

/** Enough of S3 to put, get and delete, and to see what was asked. */
const objects = new Map<string, Buffer>();
const asked: { method: string; path: string; headers: IncomingHttpHeaders }[] = [];
let server: Server;
let endpoint = '';
beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url!;
      asked.push({ method: request.method!, path, headers: request.headers });
      if (path.endsWith('broken')) return response.writeHead(500).end();
      if (request.method === 'PUT') objects.set(path, Buffer.concat(chunks));
      if (request.method === 'DELETE') objects.delete(path);
      if (request.method === 'GET' && !objects.has(path)) return response.writeHead(404).end();
      return response.writeHead(200).end(request.method === 'GET' ? objects.get(path) : undefined);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
const folder = mkdtempSync(join(tmpdir(), 'store-'));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await new Promise((done) => server.close(done));
});

const now = () => new Date('2013-05-24T00:00:00Z');
const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };

describe.each<[string, () => ObjectStore]>([
  ['a folder', () => openStore({ mediaStore: folder, accessKeyId: '', secretAccessKey: '' }, now)],
  [
    'a bucket',
    () => openStore({ mediaStore: `s3://files/media?endpoint=${endpoint}&region=eu-central-1`, ...keys }, now),
  ],
])('%s', (_, open) => {
  it('gives back what was put, until it is removed', async () => {
    const store = open();
    expect(await store.get('a/b-1')).toBeUndefined();
    await store.put('a/b-1', Buffer.from('one'), 'text/plain');
    await store.put('a/b-1', Buffer.from('two'), 'text/plain');
    expect((await store.get('a/b-1'))?.toString()).toBe('two');
    await store.remove('a/b-1');
    await store.remove('a/b-1');
    expect(await store.get('a/b-1')).toBeUndefined();
  });

  it.each(['../x', '/x', 'a//b', 'a/../b', 'ä', ''])('refuses the key %j', async (key) => {
    await expect(async () => open().put(key, Buffer.alloc(0), 'x')).rejects.toThrow(RangeError);
  });
});

describe('a bucket', () => {
  it('is asked with signed requests, under its prefix', async () => {
    await openStore({ mediaStore: `s3://files/media?endpoint=${endpoint}`, ...keys }, now).put(
      'k',
      Buffer.from('x'),
      'image/png',
    );
    const { path, headers } = asked.at(-1)!;
    expect(path).toBe('/files/media/k');
    expect(headers.authorization).toContain('Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request');
  });

  it('that fails is a fault worth another try', async () => {
    const store = openStore({ mediaStore: `s3://files?endpoint=${endpoint}`, ...keys }, now);
    await expect(store.put('broken', Buffer.alloc(0), 'x')).rejects.toMatchObject({ retryable: true });
  });

  it("signs as Amazon's own example does", () => {
    const account = { region: 'us-east-1', ...keys };
    const url = new URL('https://examplebucket.s3.amazonaws.com/test.txt');
    const headers = signed(
      { method: 'GET', url, headers: { range: 'bytes=0-9' }, body: Buffer.alloc(0) },
      account,
      now(),
    );
    expect(headers.authorization).toContain(
      'Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    );
  });
});
