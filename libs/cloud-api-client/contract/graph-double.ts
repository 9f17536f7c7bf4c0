import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}
export type Reply = (received: Received, response: ServerResponse) => void;
export interface GraphDouble {
  readonly url: string;
  readonly received: Received[];
  /** What it does with the next requests. */
  replyWith: (reply: Reply) => void;
  close: () => Promise<void>;
}

/**
 * Makes a call with ever longer deadlines, until one was long enough for the request to arrive: on a slow machine a
 * short one may pass before there is a connection, which is another outcome.
 */
export async function withDeadlineAfterArrival<T>(
  meta: GraphDouble,
  call: (timeoutMs: number) => Promise<T>,
): Promise<T> {
  for (let timeoutMs = 100; ; timeoutMs *= 4) {
    const before = meta.received.length;
    const outcome = await call(timeoutMs);
    if (meta.received.length > before || timeoutMs > 60_000) return outcome;
  }
}

/** Answers with JSON. */
export const json =
  (value: unknown, status = 200, headers: Record<string, string> = {}): Reply =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', ...headers });
    response.end(JSON.stringify(value));
  };
/** Answers as Meta does where it refuses. */
export const metaError = (code: number, status = 400, more: object = {}): Reply =>
  json({ error: { message: `(#${code}) No`, type: 'OAuthException', code, fbtrace_id: 'Atrace', ...more } }, status);

/** An HTTP server in the place of the Graph API, which does what each test says. */
export async function graphDouble(): Promise<GraphDouble> {
  const received: Received[] = [];
  let reply: Reply = json({});
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://double');
      const one = { method: request.method ?? '', url, headers: request.headers, body: Buffer.concat(chunks) };
      received.push(one);
      reply(one, response);
    });
  });
  // Never closes an idle connection: on a slow machine that would cross a request on its way.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    replyWith: (next) => (reply = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
