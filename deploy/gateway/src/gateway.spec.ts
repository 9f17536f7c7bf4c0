import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServiceName } from '@postrider/event-contracts';
import { request } from 'undici';
import { readGatewayEnvironment } from './environment';
import { startGateway, type Gateway } from './gateway';

const services: ServiceName[] = ['configuration', 'templates', 'dispatch', 'webhooks', 'projections'];
type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const upstreams = new Map<ServiceName, Server>();
let handlers: Partial<Record<ServiceName, Handler>> = {};
let gateway: Gateway;
const addresses = new Map<ServiceName, string>();

beforeAll(async () => {
  for (const name of services) {
    const server = createServer((asked, answer) => {
      const handler = handlers[name];
      if (handler) return handler(asked, answer);
      const chunks: Buffer[] = [];
      asked.on('data', (chunk: Buffer) => chunks.push(chunk));
      asked.on('end', () => {
        answer.setHeader('content-type', 'application/json');
        const { method, url, headers } = asked;
        answer.end(JSON.stringify({ name, method, url, headers, body: Buffer.concat(chunks).toString('hex') }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    upstreams.set(name, server);
    addresses.set(name, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }
  gateway = await startGateway({ host: '127.0.0.1', port: 0, addresses });
});
beforeEach(() => {
  handlers = {};
});
afterAll(async () => {
  await gateway.close(100);
  for (const server of upstreams.values()) server.close();
});

const ask = async (
  method: 'GET' | 'POST',
  path: string,
  options: { body?: Buffer; headers?: Record<string, string> } = {},
) => {
  const answer = await request(`${gateway.url}${path}`, { method, ...options });
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: (await answer.body.json()) as Record<string, unknown>,
  };
};

describe('the gateway', () => {
  it('passes a request to the service that answers it, as it came', async () => {
    const body = Buffer.from([0, 255, 10, 13]);
    const headers = { authorization: 'Bearer k', 'idempotency-key': 'a', 'x-request-id': 'r-1' };
    const answer = await ask('POST', '/v1/messages?x=%20y', { body, headers });
    expect(answer.body).toMatchObject({
      name: 'dispatch',
      method: 'POST',
      url: '/v1/messages?x=%20y',
      body: '00ff0a0d',
    });
    expect(answer.body.headers).toMatchObject({ ...headers, 'x-forwarded-proto': 'http' });
  });

  it('asks projections for messages and dispatch to send them', async () => {
    expect((await ask('GET', '/v1/messages/7')).body.name).toBe('projections');
    expect((await ask('POST', '/v1/messages/7/cancel')).body.name).toBe('dispatch');
  });

  it('streams events to the caller as they come', async () => {
    let finish = (): void => undefined;
    handlers.projections = (_, answer) => {
      answer.writeHead(200, { 'content-type': 'text/event-stream' });
      answer.write('data: 1\n\n');
      finish = () => answer.end('data: 2\n\n');
    };
    const { body, headers } = await request(`${gateway.url}/v1/stream`);
    const seen: string[] = [];
    for await (const chunk of body) {
      seen.push(String(chunk));
      if (seen.length === 1) finish();
    }
    expect(headers['content-type']).toBe('text/event-stream');
    expect(seen).toEqual(['data: 1\n\n', 'data: 2\n\n']);
  });

  it('lets go of the service when the caller has gone', async () => {
    const closed = new Promise<void>((resolve) => {
      handlers.projections = (_, answer) => {
        answer.on('close', resolve);
        answer.writeHead(200, { 'content-type': 'text/event-stream' });
        answer.write('data: 1\n\n');
      };
    });
    const leave = new AbortController();
    const { body } = await request(`${gateway.url}/v1/stream`, { signal: leave.signal });
    body.on('error', () => undefined);
    leave.abort();
    await closed;
  });

  it('answers 503 with Retry-After for a service that is not there', async () => {
    handlers.templates = (asked) => asked.socket.destroy();
    const answer = await ask('GET', '/v1/templates');
    expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(answer.headers).toMatchObject({
      'retry-after': '1',
      'content-type': expect.stringContaining('problem+json'),
    });
  });

  it('shows no internal address', async () => {
    expect(await ask('GET', '/internal/credentials')).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it('is ready when every service is, and names what is missing', async () => {
    expect(await ask('GET', '/health/ready')).toMatchObject({ status: 200, body: { status: 'ready', missing: {} } });
    handlers.dispatch = (_, answer) => answer.writeHead(503).end('{"missing":["database"]}');
    handlers.webhooks = (asked) => asked.socket.destroy();
    const missing = { dispatch: ['database'], webhooks: ['itself'] };
    expect(await ask('GET', '/health/ready')).toMatchObject({ status: 503, body: { missing } });
  });

  it('leads to the documentation of each service', async () => {
    const { body } = await request(`${gateway.url}/docs`);
    expect(await body.text()).toContain('href="/docs/dispatch/"');
    expect((await ask('GET', '/docs/asyncapi.json')).body.url).toBe('/docs/asyncapi.json');
  });
});

describe('its environment', () => {
  const urls = Object.fromEntries(services.map((name) => [`${name.toUpperCase()}_URL`, `http://${name}:3000/`]));

  it('names a missing or wrong variable', () => {
    expect(() => readGatewayEnvironment({ ...urls, DISPATCH_URL: '' })).toThrow('DISPATCH_URL is missing');
    expect(() => readGatewayEnvironment({ ...urls, WEBHOOKS_URL: 'webhooks' })).toThrow(/^WEBHOOKS_URL is wrong/);
    expect(() => readGatewayEnvironment({ ...urls, PORT: 'http' })).toThrow(/^PORT is wrong/);
  });

  it('does without services that the installation lacks', () => {
    expect([...readGatewayEnvironment(urls).addresses.keys()]).toEqual(services);
  });
});
