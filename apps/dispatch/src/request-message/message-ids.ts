import { createHash } from 'node:crypto';

/**
 * The ids of a batch's messages: UUIDv7s of the batch's own millisecond, always the same for the same batch, so that a
 * batch that is driven on after a crash makes no message twice.
 */
export function messageIds(batchId: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const bytes = createHash('sha256').update(`${batchId}:${index}`).digest().subarray(0, 16);
    Buffer.from(batchId.replaceAll('-', ''), 'hex').copy(bytes, 0, 0, 6);
    // The place in the batch follows the time, so that ids sort as the batch does.
    bytes.writeUInt16BE(0x7000 | (index & 0xfff), 6);
    bytes[8] = 0x80 | (bytes[8]! & 0x3f);
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  });
}
