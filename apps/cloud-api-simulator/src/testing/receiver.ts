import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedPost {
  body: string;
  headers: IncomingHttpHeaders;
}

export interface Change {
  wabaId: string;
  time?: number;
  field: string;
  value: Record<string, unknown>;
}

export interface Receiver {
  url: string;
  posts: ReceivedPost[];
  /** HTTP status for the nth POST, counted from 0; a promise keeps the sender waiting. */
  answer: (nth: number) => number | Promise<number>;
  changes(): Change[];
  statuses(wamid?: string): Record<string, unknown>[];
  messages(): Record<string, unknown>[];
  close(): Promise<void>;
}

function changesIn(body: string): Change[] {
  const { entry } = JSON.parse(body) as {
    entry: { id: string; time?: number; changes: Omit<Change, 'wabaId'>[] }[];
  };
  return entry.flatMap((one) =>
    one.changes.map((change) => ({ ...change, wabaId: one.id, ...(one.time !== undefined && { time: one.time }) })),
  );
}

/** A webhook endpoint that remembers what it got. It accepts only the verify token `correct`. */
export async function startReceiver(): Promise<Receiver> {
  const posts: ReceivedPost[] = [];
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      const { searchParams } = new URL(request.url ?? '', 'http://receiver');
      const right = searchParams.get('hub.verify_token') === 'correct' && searchParams.get('hub.mode') === 'subscribe';
      response.statusCode = right ? 200 : 403;
      return response.end(right ? searchParams.get('hub.challenge') : 'no');
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const answer = receiver.answer(posts.length);
      posts.push({ body: Buffer.concat(chunks).toString('latin1'), headers: request.headers });
      void Promise.resolve(answer).then((status) => {
        response.statusCode = status;
        response.end('ok');
      });
    });
    return undefined;
  });
  // Never closes an idle connection: on a slow machine that would cross a POST on its way, which then comes again.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  // Who waits asks again and again: each body is read once.
  const read: Change[][] = [];
  const changes = (): Change[] => {
    for (const post of posts.slice(read.length)) read.push(changesIn(post.body));
    return read.flat();
  };
  const listed = (name: string): Record<string, unknown>[] =>
    changes().flatMap((change) => (change.value[name] ?? []) as Record<string, unknown>[]);
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    posts,
    answer: () => 200,
    changes,
    statuses: (wamid) => listed('statuses').filter((status) => wamid === undefined || status.id === wamid),
    messages: () => listed('messages'),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}
