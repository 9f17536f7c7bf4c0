import { Problem, unavailable } from '@postrider/service-host';
import type { Readable } from 'node:stream';
import type { Ticket } from './admission';

/** Meta sends up to 3 MB. */
export const bodyBytesMax = 4 * 1024 * 1024;
const bodySecondsMax = 30;

/** The body as it came, byte for byte, within the ticket's room. */
export async function readBody(stream: Readable | undefined, ticket: Ticket): Promise<Buffer> {
  if (stream === undefined) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  let length = 0;
  const timer = setTimeout(
    () => stream.destroy(new Problem('malformed', 'The body took too long.')),
    bodySecondsMax * 1_000,
  );
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > bodyBytesMax) throw new Problem('too-large', 'A delivery has at most 4 MB.');
      if (!ticket.take(chunk.length)) throw unavailable('Too much is at work; please deliver again.');
      chunks.push(chunk);
    }
  } finally {
    clearTimeout(timer);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length);
}
