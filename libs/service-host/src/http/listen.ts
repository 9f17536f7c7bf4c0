import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

/** An HTTP server whose handler can be exchanged: it answers health before a service stands, and is one door for many. */
export interface HttpFront {
  readonly url: string;
  answerWith(handler: RequestHandler): void;
  /** Takes no new connections, lets running requests finish within the deadline, and then cuts what is left. */
  close(deadlineMs: number): Promise<void>;
}

const idleSweepMs = 50;
/** A file with a million lines is read no faster than its lines are written down. */
const requestTimeoutMs = 3_600_000;

export async function listenHttp(at: { host: string; port: number }, handler: RequestHandler): Promise<HttpFront> {
  let current = handler;
  const server = createServer({ keepAliveTimeout: 65_000, requestTimeout: requestTimeoutMs }, (request, response) =>
    current(request, response),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  const shown = at.host === '0.0.0.0' || at.host === '::' ? '127.0.0.1' : at.host;
  return {
    url: `http://${shown}:${port}`,
    answerWith(next) {
      current = next;
    },
    async close(deadlineMs) {
      const sweep = setInterval(() => server.closeIdleConnections(), idleSweepMs);
      const cut = setTimeout(() => server.closeAllConnections(), deadlineMs);
      await new Promise<void>((resolve) => server.close(() => resolve()));
      clearInterval(sweep);
      clearTimeout(cut);
    },
  };
}
