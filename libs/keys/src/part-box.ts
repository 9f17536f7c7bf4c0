import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const format = 1;
const idBytes = 16;
const ivBytes = 12;
const tagBytes = 16;
/** Text, which a personal part is before it is sealed, begins with nothing below this. */
const firstOfText = 0x20;
const keysMax = 255;

/** The key of one person's parts in one service. */
export interface PartKey {
  /** 16 bytes as hex; stands in the box, so that a reader finds the key. */
  readonly id: string;
  /** 32 bytes. */
  readonly secret: Buffer;
}

/** A new random one. */
export function newPartKey(): PartKey {
  return { id: randomBytes(idBytes).toString('hex'), secret: randomBytes(32) };
}

/** Whether these bytes are a sealed part, and not the text of one. */
export function isPartBox(bytes: Uint8Array): boolean {
  return (bytes[0] ?? firstOfText) < firstOfText;
}

/**
 * Seals a part under the keys of all whom it concerns, so that it can be read only while every one of them is there:
 * format byte, number of keys, their ids, IV, tag, ciphertext (AES-256-GCM, `context` as additional data).
 */
export function sealPart(keys: readonly PartKey[], part: Uint8Array, context: string): Buffer {
  if (keys.length === 0 || keys.length > keysMax) throw new RangeError(`a part has 1 to ${keysMax} keys`);
  const iv = nextIv();
  const cipher = createCipheriv('aes-256-gcm', joint(keys.map(({ secret }) => secret)), iv);
  cipher.setAAD(Buffer.from(context));
  const first = cipher.update(part);
  const rest = cipher.final();
  const head = Buffer.allocUnsafe(2 + keys.length * idBytes);
  head[0] = format;
  head[1] = keys.length;
  keys.forEach(({ id }, at) => head.write(id, 2 + at * idBytes, 'hex'));
  return Buffer.concat([head, iv, cipher.getAuthTag(), first, rest]);
}

/** The ids of the keys that a box needs. Throws where it is no box. */
export function partKeyIds(box: Uint8Array): string[] {
  const bytes = asBuffer(box);
  const count = bytes[1] ?? 0;
  if (bytes[0] !== format || count === 0 || bytes.length < 2 + count * idBytes + ivBytes + tagBytes)
    throw new Error('not a sealed part');
  return Array.from({ length: count }, (_, at) => bytes.toString('hex', 2 + at * idBytes, 2 + at * idBytes + idBytes));
}

/** Opens a box with its keys' secrets, in the order of `partKeyIds`. Throws where it was changed or sealed for another context. */
export function openPart(secrets: readonly Buffer[], box: Uint8Array, context: string): Buffer {
  const bytes = asBuffer(box);
  const start = 2 + secrets.length * idBytes;
  const body = start + ivBytes + tagBytes;
  const decipher = createDecipheriv('aes-256-gcm', joint(secrets), bytes.subarray(start, start + ivBytes));
  decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(start + ivBytes, body));
  return Buffer.concat([decipher.update(bytes.subarray(body)), decipher.final()]);
}

const joint = (secrets: readonly Buffer[]): Buffer =>
  secrets.length === 1 ? (secrets[0] as Buffer) : createHash('sha256').update(Buffer.concat(secrets)).digest();

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Asking for random bytes costs more than using them, so they are drawn for many IVs at once. */
const ivsAtOnce = 256;
let ivs = Buffer.alloc(0);
function nextIv(): Buffer {
  if (ivs.length === 0) ivs = randomBytes(ivBytes * ivsAtOnce);
  const iv = ivs.subarray(0, ivBytes);
  ivs = ivs.subarray(ivBytes);
  return iv;
}
