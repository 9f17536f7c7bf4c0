import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Pool } from 'pg';
import { rawInserts } from './append.reference';
import { signatureOf } from './signed-deliveries';

/** The least that a durable webhook needs: check the signature, insert a row an update in a group, answer 200. */
export async function bareWebhook(pool: Pool): Promise<{ url: string; close(): void }> {
  const insert = await rawInserts(pool);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      if (signatureOf(body) !== request.headers['x-hub-signature-256']) return void response.writeHead(401).end();
      void Promise.all(updatesIn(body).map(insert)).then(
        () => response.end(),
        () => response.writeHead(503).end(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

interface Delivery {
  readonly entry: readonly {
    readonly changes: readonly { readonly value: { readonly statuses: readonly object[] } }[];
  }[];
}

function updatesIn(body: Buffer): object[] {
  const { entry } = JSON.parse(body.toString()) as Delivery;
  return entry.flatMap(({ changes }) => changes.flatMap(({ value }) => value.statuses));
}
