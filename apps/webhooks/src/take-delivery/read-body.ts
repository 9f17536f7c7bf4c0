import { Problem, unavailable } from '@postrider/service-host';
import type { Readable } from 'node:stream';
import type { Ticket } from './admission';

/** Meta sends up to 3 MB. */
export const bodyBytesMax = 4 * 1024 * 1024;
const bodySecondsMax = 30;

/** The body as it came, byte for byte, within the ticket's room. By events: reading a stream by `for await` costs more than all the rest. */
export function readBody(stream: Readable, ticket: Ticket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const timer = setTimeout(() => end(new Problem('malformed', 'The body took too long.')), bodySecondsMax * 1_000);
    const end = (problem?: Error): void => {
      clearTimeout(timer);
      stream.off('data', take).off('end', complete).off('error', end).off('close', broken);
      // What still comes has nobody to hear it, and its errors are of no interest.
      stream.on('error', () => undefined);
      if (problem === undefined) return resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length));
      stream.pause();
      reject(problem);
    };
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > bodyBytesMax) return end(new Problem('too-large', 'A delivery has at most 4 MB.'));
      if (!ticket.take(chunk.length)) return end(unavailable('Too much is at work; please deliver again.'));
      chunks.push(chunk);
    };
    const complete = (): void => end();
    const broken = (): void => end(new Problem('malformed', 'The body broke off.'));
    stream.on('data', take).on('end', complete).on('error', end).on('close', broken);
  });
}
