import { cloudApi, CloudApiError, connectionPools, type CloudApi, type Pools } from '../src/index';
import { graphDouble, json, metaError, withDeadlineAfterArrival, type GraphDouble } from './graph-double';

describe('a call', () => {
  let meta: GraphDouble;
  let pools: Pools;
  let api: CloudApi;
  beforeAll(async () => {
    meta = await graphDouble();
    pools = connectionPools();
    api = cloudApi({ graphUrl: meta.url, accessToken: 'token', version: 'v26.0', pools });
  });
  afterAll(async () => {
    await pools.close();
    await meta.close();
  });
  const failure = async (call: Promise<unknown>): Promise<CloudApiError> => {
    const error: unknown = await call.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof CloudApiError)) throw new Error(`no CloudApiError but ${String(error)}`);
    return error;
  };
  const last = () => meta.received.at(-1);

  it('goes to the version that is set', async () => {
    meta.replyWith(json({ success: true }));
    await api.phoneNumbers.register('300', { pin: '123456' });
    expect(last()?.url.pathname).toBe('/v26.0/300/register');
    expect(JSON.parse(String(last()?.body))).toEqual({ messaging_product: 'whatsapp', pin: '123456' });
  });

  it('throws one error with everything in it', async () => {
    meta.replyWith(metaError(133005, 400, { error_data: { details: 'PIN mismatch' } }));
    expect(await failure(api.phoneNumbers.register('300', { pin: '000000' }))).toMatchObject({
      code: 'pin-wrong',
      metaCode: 133005,
      httpStatus: 400,
      outcome: 'rejected',
      retryable: false,
      details: 'PIN mismatch',
      fbtraceId: 'Atrace',
      text: 'The two-step PIN is wrong. Give the right PIN or reset it.',
      message: 'POST /{id}/register: The two-step PIN is wrong (133005) [pin-wrong, rejected]',
    });
  });

  it('names no id, no token and no person in its error', async () => {
    meta.replyWith(metaError(100));
    const calls = [
      () => api.debugToken('EAAsecret'),
      () => api.uploads.send('upload:abc?sig=1', new Uint8Array(1)),
      () => api.templates.get('900719925474099312'),
    ];
    for (const call of calls) expect((await failure(call())).message).not.toMatch(/EAAsecret|abc|900719925474099312/);
  });

  it('says when an answer is not as documented', async () => {
    meta.replyWith(json({ nothing: true }));
    expect(
      await failure(api.templates.create('200', { name: 'a', language: 'en', category: 'UTILITY' })),
    ).toMatchObject({
      code: 'unexpected-answer',
      outcome: 'unknown',
    });
  });

  it('ends at its deadline, and when it is cancelled', async () => {
    meta.replyWith(() => undefined);
    const late = await withDeadlineAfterArrival(meta, (timeoutMs) =>
      failure(api.businessAccounts.get('200', { timeoutMs })),
    );
    expect(late).toMatchObject({ code: 'timeout', outcome: 'unknown' });
    const cancelled = failure(api.businessAccounts.get('200', { signal: AbortSignal.timeout(50) }));
    expect(await cancelled).toMatchObject({ code: 'cancelled', retryable: false });
  });

  it('escapes what stands in its path', async () => {
    meta.replyWith(json({ id: '1' }));
    await api.businessAccounts.get('../me?fields=x');
    expect(last()?.url.pathname).toBe('/v26.0/..%2Fme%3Ffields%3Dx');
  });

  it('keeps a template id of 64 bits', async () => {
    meta.replyWith(
      (_, response) => void response.end('{"id":9223372036854775807,"status":"PENDING","category":"UTILITY"}'),
    );
    expect(await api.templates.create('200', { name: 'a', language: 'en', category: 'UTILITY' })).toMatchObject({
      id: '9223372036854775807',
    });
  });

  describe('of a list', () => {
    const names = async () => {
      const all: unknown[] = [];
      for await (const each of api.templates.list('200', { limit: 2 })) all.push(each.id);
      return all;
    };

    it('walks through every page, and asks each once', async () => {
      const pages: Record<string, unknown> = {
        '': {
          data: [{ id: '1' }, { id: '2' }],
          paging: { cursors: { after: 'A' }, next: 'https://evil.example/next' },
        },
        A: { data: [{ id: '3' }], paging: { cursors: { after: 'B' } } },
      };
      const before = meta.received.length;
      meta.replyWith((received, response) =>
        json(pages[received.url.searchParams.get('after') ?? ''])(received, response),
      );
      expect(await names()).toEqual(['1', '2', '3']);
      expect(meta.received).toHaveLength(before + 2);
    });

    it('ends where a server gives the same cursor for ever', async () => {
      meta.replyWith(json({ data: [{ id: '1' }], paging: { cursors: { after: 'A' }, next: 'n' } }));
      expect(await names()).toEqual(['1', '1']);
    });

    it('throws where the cursor has ended', async () => {
      meta.replyWith(metaError(131059));
      expect(await failure(names())).toMatchObject({ code: 'cursor-expired' });
    });
  });

  describe('of media', () => {
    it('fetches a file in two hops, with the token on both', async () => {
      meta.replyWith((received, response) => {
        if (received.url.pathname === '/file') response.writeHead(200, { 'content-type': 'image/png' }).end('bytes');
        else
          json({ id: '5', url: `${meta.url}/file?mid=5`, mime_type: 'image/png', sha256: 'aa', file_size: '5' })(
            received,
            response,
          );
      });
      expect(await api.media.download('5', { phoneNumberId: '300' })).toEqual({
        bytes: Buffer.from('bytes'),
        mimeType: 'image/png',
        sha256: 'aa',
      });
      expect(last()?.headers.authorization).toBe('Bearer token');
      expect(meta.received.at(-2)?.url.search).toBe('?phone_number_id=300');
    });

    it('takes the token nowhere else, whatever address an answer gives', async () => {
      meta.replyWith(json({ id: '5', url: 'https://evil.example/file' }));
      expect(await failure(api.media.download('5'))).toMatchObject({ code: 'host-not-allowed', outcome: 'not-sent' });
      expect(await failure(api.media.downloadFrom('http://169.254.169.254/latest'))).toMatchObject({
        code: 'host-not-allowed',
      });
    });

    it('says that an address has ended', async () => {
      meta.replyWith((_, response) => void response.writeHead(404).end('<html>'));
      expect(await failure(api.media.downloadFrom(`${meta.url}/file`))).toMatchObject({
        httpStatus: 404,
        outcome: 'rejected',
      });
    });

    it('uploads as a form', async () => {
      meta.replyWith(json({ id: '6' }));
      const file = { bytes: new Uint8Array([1, 2, 3]), mimeType: 'image/png', filename: 'a.png' };
      expect(await api.media.upload('300', file)).toEqual({ id: '6' });
      expect(last()?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
      const form = String(last()?.body);
      expect(form).toMatch(/name="messaging_product"\r\n\r\nwhatsapp/);
      expect(form).toMatch(/name="file"; filename="a\.png"\r\nContent-Type: image\/png/i);
    });

    it('takes a resumable upload up where it broke off', async () => {
      const sent: string[] = [];
      meta.replyWith((received, response) => {
        if (received.url.pathname.endsWith('/uploads')) json({ id: 'upload:abc' })(received, response);
        else if (received.method === 'GET') json({ id: 'upload:abc', file_offset: 2 })(received, response);
        else {
          sent.push(
            `${String(received.headers.file_offset)} ${String(received.body)} ${String(received.headers.authorization)}`,
          );
          if (sent.length === 1) response.destroy();
          else json({ h: '4::handle' })(received, response);
        }
      });
      const file = { bytes: Buffer.from('abcdef'), mimeType: 'image/png', filename: 'a.png' };
      expect(await api.uploads.upload('100', file)).toBe('4::handle');
      expect(sent).toEqual(['0 abcdef OAuth token', '2 cdef OAuth token']);
    });
  });

  it('is not made where Meta would refuse it for its form', async () => {
    const before = meta.received.length;
    const refused = { outcome: 'rejected', code: 'malformed-payload' };
    expect(await failure(api.businessProfile.update('300', { about: 'x'.repeat(140) }))).toMatchObject({
      ...refused,
      details: 'about: must be at most 139 characters',
    });
    const large = { bytes: new Uint8Array(5 * 1024 * 1024 + 1), mimeType: 'image/png' };
    expect(await failure(api.media.upload('300', large))).toMatchObject({
      ...refused,
      details: 'bytes: must be at most 5242880 bytes to go as image',
    });
    expect(meta.received).toHaveLength(before);
  });

  it('gives both lists where some people could not be blocked', async () => {
    const block_users = {
      added_users: [{ input: '1', wa_id: '1' }],
      failed_users: [{ input: '2', errors: [{ code: 131047 }] }],
    };
    meta.replyWith(json({ messaging_product: 'whatsapp', block_users, error: { code: 139100, message: 'some' } }, 400));
    expect(await api.blockUsers.block('300', [{ user: '1' }, { user: '2' }])).toEqual(block_users);
  });
});
