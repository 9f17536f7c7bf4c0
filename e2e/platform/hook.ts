import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseWebhook, type WebhookChange } from '@postrider/cloud-api-payloads';

/** A webhook endpoint as another tool would write it: handshake, signature, then every change of every delivery. */
export interface Hook {
  readonly url: string;
  readonly verifyToken: string;
  readonly changes: readonly WebhookChange[];
  /** Deliveries whose signature or body was wrong. */
  readonly refused: readonly string[];
  close(): Promise<void>;
}

/** Starts the endpoint on a free port of this machine. */
export async function startHook(appSecret: string): Promise<Hook> {
  const verifyToken = 'only-we-know';
  const changes: WebhookChange[] = [];
  const refused: string[] = [];

  const take = (body: Buffer, signature: unknown): number => {
    const expected = `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
    const parsed = parseWebhook(body);
    if (signature !== expected || !parsed.ok) {
      refused.push(body.toString());
      return 401;
    }
    changes.push(...parsed.value.entries.flatMap((entry) => entry.changes));
    return 200;
  };
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '', 'http://hook').searchParams;
    if (request.method === 'GET') {
      const right = query.get('hub.verify_token') === verifyToken;
      response.writeHead(right ? 200 : 403).end(right ? query.get('hub.challenge') : '');
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () =>
      response.writeHead(take(Buffer.concat(chunks), request.headers['x-hub-signature-256'])).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    verifyToken,
    changes,
    refused,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
