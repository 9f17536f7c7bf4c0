import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { cloudApi, connectionPools, type CloudApi, type CloudApiSettings, type Pools, type Usage } from '../src/index';
import { graphDouble, json, metaError, withDeadlineAfterArrival, type GraphDouble, type Reply } from './graph-double';

const text = { messaging_product: 'whatsapp', to: '+15550100100', type: 'text', text: { body: 'hi' } } as const;
const accepted = json({
  messaging_product: 'whatsapp',
  contacts: [{ input: '+15550100100', wa_id: '15550100100' }],
  messages: [{ id: 'wamid.1', message_status: 'accepted' }],
});

describe('a send', () => {
  let meta: GraphDouble;
  let pools: Pools;
  const client = (more: Partial<CloudApiSettings> = {}): CloudApi =>
    cloudApi({ graphUrl: meta.url, accessToken: 'token', pools, ...more });
  const send = (reply: Reply, more?: Partial<CloudApiSettings>) => {
    meta.replyWith(reply);
    return client(more).messages.send('300', text);
  };
  beforeAll(async () => {
    meta = await graphDouble();
    pools = connectionPools();
  });
  afterAll(async () => {
    await pools.close();
    await meta.close();
  });

  it('is accepted with its message id', async () => {
    expect(await send(accepted)).toEqual({
      kind: 'accepted',
      wamid: 'wamid.1',
      waId: '15550100100',
      messageStatus: 'accepted',
    });
    const last = meta.received.at(-1);
    expect(last?.url.pathname).toBe('/v25.0/300/messages');
    expect(last?.headers).toMatchObject({ authorization: 'Bearer token', 'content-type': 'application/json' });
    expect(JSON.parse(String(last?.body))).toEqual(text);
  });

  it('is accepted for a user id, whose answer has no phone', async () => {
    const reply = json({ contacts: [{ input: 'US.1', user_id: 'US.1' }], messages: [{ id: 'wamid.2' }] });
    expect(await send(reply)).toEqual({ kind: 'accepted', wamid: 'wamid.2', userId: 'US.1' });
  });

  it.each<[string, Reply, string, string]>([
    ['Meta refuses it', metaError(131056), 'rejected', 'pair-rate-limited'],
    ['the token has ended', metaError(190, 401), 'rejected', 'token-expired'],
    ['Meta fails with a code', metaError(131000, 500), 'unknown', 'meta-unknown'],
    ['Meta is overloaded', metaError(2, 503), 'unknown', 'api-unavailable'],
    ['Meta fails without a code', json({}, 502), 'unknown', 'unreadable-answer'],
    ['the number is in maintenance', metaError(131057, 500), 'rejected', 'sender-in-maintenance'],
    ['the server is surely unavailable', metaError(133004, 503), 'rejected', 'server-unavailable'],
    [
      'somebody on the way refuses it',
      (_, response) => void response.writeHead(403).end('<html>no</html>'),
      'rejected',
      'refused-without-reason',
    ],
    [
      'somebody on the way is too busy',
      (_, response) => void response.writeHead(429).end(),
      'rejected',
      'too-many-requests',
    ],
    [
      'it took too long on the way',
      (_, response) => void response.writeHead(408).end(),
      'unknown',
      'unreadable-answer',
    ],
    ['the answer has no message id', json({ success: true }), 'unknown', 'unexpected-answer'],
    ['the answer is no JSON', (_, response) => void response.end('OK'), 'unknown', 'unreadable-answer'],
    ['the connection breaks', (_, response) => void response.destroy(), 'unknown', 'connection-reset'],
    [
      'the answer breaks off',
      (_, response) => void response.writeHead(200, { 'content-length': '100' }).write('{', () => response.destroy()),
      'unknown',
      'connection-reset',
    ],
    [
      'a redirect is asked for',
      (_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      'rejected',
      'refused-without-reason',
    ],
  ])('knows its outcome where %s', async (_, reply, kind, code) => {
    expect(await send(reply)).toMatchObject({ kind, error: { code, surelyRejected: kind === 'rejected' } });
  });

  it('is unknown when the deadline passes after it left', async () => {
    const outcome = await withDeadlineAfterArrival(meta, (timeoutMs) => send(() => undefined, { timeoutMs }));
    expect(outcome).toMatchObject({ kind: 'unknown', error: { code: 'timeout' } });
  });

  it('is unknown when its caller cancels it after it left', async () => {
    const stop = new AbortController();
    meta.replyWith(() => stop.abort());
    const outcome = await client().messages.send('300', text, { signal: stop.signal });
    expect(outcome).toMatchObject({ kind: 'unknown', error: { code: 'cancelled', retryable: false } });
  });

  it.each<[string, Partial<CloudApiSettings>, RegExp]>([
    ['nobody listens', { graphUrl: 'http://127.0.0.1:1' }, /^connection-refused$/],
    [
      'the name is unknown',
      { graphUrl: 'http://no-such-host.invalid', allowedHosts: ['no-such-host.invalid'] },
      // A machine without a name server answers late, or not at all.
      /^(name-not-resolved|connect-timeout)$/,
    ],
  ])('was surely not sent where %s', async (_, more, code) => {
    expect(await send(accepted, more)).toMatchObject({
      kind: 'not-sent',
      error: { code: expect.stringMatching(code) as string, retryable: true, surelyRejected: true },
    });
  });

  it('was surely not sent where no secure connection comes about', async () => {
    const graphUrl = meta.url.replace('http:', 'https:');
    const before = meta.received.length;
    expect(await send(accepted, { graphUrl })).toMatchObject({ kind: 'not-sent', error: { code: 'tls-failed' } });
    expect(meta.received).toHaveLength(before);
  });

  it('was surely not sent where the TLS handshake is cut off', async () => {
    const cutting = createServer((socket) => socket.once('data', () => socket.destroy()));
    await new Promise<void>((resolve) => cutting.listen(0, '127.0.0.1', resolve));
    const graphUrl = `https://127.0.0.1:${(cutting.address() as AddressInfo).port}`;
    expect(await send(accepted, { graphUrl })).toMatchObject({ kind: 'not-sent' });
    await new Promise((resolve) => cutting.close(resolve));
  });

  it('was surely not sent when its deadline passes while it waits for a connection, and is not sent later', async () => {
    const one = connectionPools({ connections: 1 });
    const before = meta.received.length;
    let free: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) =>
      meta.replyWith((received, response) => {
        free = () => accepted(received, response);
        resolve();
      }),
    );
    const busy = client({ pools: one }).messages.send('300', text);
    await arrived;
    const waiting = await client({ pools: one, timeoutMs: 100 }).messages.send('300', text);
    expect(waiting).toMatchObject({ kind: 'not-sent', error: { code: 'timeout' } });
    free();
    await busy;
    await one.close();
    expect(meta.received).toHaveLength(before + 1);
  });

  it('was surely not sent when its caller had cancelled it before', async () => {
    const before = meta.received.length;
    const outcome = await client().messages.send('300', text, { signal: AbortSignal.abort() });
    expect(outcome).toMatchObject({ kind: 'not-sent', error: { code: 'cancelled' } });
    expect(meta.received).toHaveLength(before);
  });

  it('is refused here, with its path, where it breaks a documented limit', async () => {
    const before = meta.received.length;
    const outcome = await client().messages.send('300', { ...text, text: { body: '' } });
    expect(outcome).toMatchObject({
      kind: 'rejected',
      error: { code: 'malformed-payload', details: 'text.body: must not be empty' },
    });
    expect(meta.received).toHaveLength(before);
  });

  it('is refused here where its file is on a private address, unless that host is allowed by name', async () => {
    const image = {
      messaging_product: 'whatsapp',
      to: '1',
      type: 'image',
      image: { link: 'http://10.0.0.1/a.png' },
    } as const;
    meta.replyWith(accepted);
    for (const check of [true, false])
      expect(await client().messages.send('300', image, { check })).toMatchObject({
        kind: 'rejected',
        error: { code: 'private-media-link' },
      });
    expect(await client({ allowedHosts: ['10.0.0.1'] }).messages.send('300', image)).toMatchObject({
      kind: 'accepted',
    });
  });

  it('goes over one kept-alive connection after another', async () => {
    const one = connectionPools({ connections: 1 });
    const ports = new Set<number | undefined>();
    meta.replyWith((received, response) => {
      ports.add(response.socket?.remotePort);
      accepted(received, response);
    });
    for (let each = 0; each < 5; each++) await client({ pools: one }).messages.send('300', text);
    await one.close();
    expect(ports.size).toBe(1);
  });

  it('asks for its token each time, so that a rotated one is used at once', async () => {
    let token = 'old';
    const api = client({ accessToken: () => token });
    meta.replyWith(accepted);
    await api.messages.send('300', text);
    token = 'new';
    await api.messages.send('300', text);
    expect(meta.received.slice(-2).map(({ headers }) => headers.authorization)).toEqual(['Bearer old', 'Bearer new']);
  });

  it("tells what Meta's rate headers say, and the wait that they name", async () => {
    const seen: Usage[] = [];
    const header = { 'x-business-use-case-usage': '{"2":[{"call_count":101,"estimated_time_to_regain_access":7}]}' };
    const limited = json({ error: { code: 80007, message: 'limit' } }, 400, header);
    expect(await send(limited, { onUsage: (usage) => seen.push(usage) })).toMatchObject({
      kind: 'rejected',
      error: { retryAfterMs: 420_000 },
    });
    expect(seen).toEqual([{ business: { '2': [{ callCount: 101, regainAccessMs: 420_000 }] } }]);
  });
});
