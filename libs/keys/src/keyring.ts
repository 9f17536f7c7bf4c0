import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const ivBytes = 12;
const tagBytes = 16;
const formatVersion = 1;

/**
 * What the master key protects. Subkeys are derived by HKDF-SHA256 with their purpose as info, so that no key serves two
 * ends; sealed boxes are AES-256-GCM: version byte, IV, tag, ciphertext, with `context` as additional data.
 */
export interface Keyring {
  /** The bearer token of calls between services. */
  readonly internalToken: string;
  /** A 32-byte key for one purpose. */
  derive(purpose: string): Buffer;
  seal(plaintext: Uint8Array, context: string): Buffer;
  /** Throws where the box is not ours, was sealed for another context, or was changed. */
  open(box: Uint8Array, context: string): Buffer;
}

export function keyring(masterKey: Uint8Array): Keyring {
  if (masterKey.length !== 32) throw new RangeError(`a master key has 32 bytes, not ${masterKey.length}`);
  const derive = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), `postrider/${purpose}`, 32));
  const sealingKey = derive('sealing');
  return {
    internalToken: derive('internal-calls').toString('base64url'),
    derive,
    seal(plaintext, context) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', sealingKey, iv).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
      return Buffer.concat([Buffer.of(formatVersion), iv, cipher.getAuthTag(), body]);
    },
    open(box, context) {
      const bytes = Buffer.from(box);
      if (bytes.length < 1 + ivBytes + tagBytes || bytes[0] !== formatVersion) throw new Error('not a sealed box');
      const iv = bytes.subarray(1, 1 + ivBytes);
      const tag = bytes.subarray(1 + ivBytes, 1 + ivBytes + tagBytes);
      const decipher = createDecipheriv('aes-256-gcm', sealingKey, iv).setAAD(Buffer.from(context)).setAuthTag(tag);
      return Buffer.concat([decipher.update(bytes.subarray(1 + ivBytes + tagBytes)), decipher.final()]);
    },
  };
}
