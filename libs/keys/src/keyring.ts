import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const ivBytes = 12;
const tagBytes = 16;
const keyIdBytes = 4;
/** Before boxes told their key. Any of the master keys may have sealed one. */
const withoutKeyId = 1;
const withKeyId = 2;

/**
 * What the master key protects. Subkeys are derived by HKDF-SHA256 with their purpose as info, so that no key serves two
 * ends; sealed boxes are AES-256-GCM: format byte, id of the master key, IV, tag, ciphertext, with `context` as additional data.
 */
export interface Keyring {
  /** The bearer token of calls between services. */
  readonly internalToken: string;
  /** Those that are taken: of the present master key and of further ones, so that services may restart one by one. */
  readonly internalTokens: readonly string[];
  /** How every box begins that the present master key sealed; another beginning calls for sealing anew. */
  readonly boxPrefix: Buffer;
  /** A 32-byte key for one purpose. */
  derive(purpose: string): Buffer;
  /** Under the present master key. */
  seal(plaintext: Uint8Array, context: string): Buffer;
  /** Throws where the box is not ours, was sealed for another context or under a key that is not given, or was changed. */
  open(box: Uint8Array, context: string): Buffer;
}

interface VersionedKey {
  readonly id: Buffer;
  readonly sealingKey: Buffer;
  readonly internalToken: string;
}

/** A ring of the present master key and of further ones that open what they sealed. 32 bytes each, else a RangeError. */
export function keyring(masterKey: Uint8Array, further: readonly Uint8Array[] = []): Keyring {
  const present = versioned(masterKey);
  const all = [present, ...further.map(versioned)];
  const boxPrefix = Buffer.concat([Buffer.of(withKeyId), present.id]);
  return {
    internalToken: present.internalToken,
    internalTokens: all.map(({ internalToken }) => internalToken),
    boxPrefix,
    derive: (purpose) => derive(masterKey, purpose),
    seal(plaintext, context) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', present.sealingKey, iv).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
      return Buffer.concat([boxPrefix, iv, cipher.getAuthTag(), body]);
    },
    open(box, context) {
      const bytes = Buffer.from(box);
      const headBytes = bytes[0] === withKeyId ? 1 + keyIdBytes : 1;
      const known = bytes[0] === withKeyId || bytes[0] === withoutKeyId;
      if (!known || bytes.length < headBytes + ivBytes + tagBytes) throw new Error('not a sealed box');
      const sealed = bytes.subarray(headBytes);
      if (bytes[0] === withoutKeyId) return openByAny(all, sealed, context);
      const key = all.find(({ id }) => id.equals(bytes.subarray(1, headBytes)));
      if (!key) throw new Error('sealed under a master key that is not given');
      return openBy(key, sealed, context);
    },
  };
}

function versioned(masterKey: Uint8Array): VersionedKey {
  if (masterKey.length !== 32) throw new RangeError(`a master key has 32 bytes, not ${masterKey.length}`);
  return {
    id: derive(masterKey, 'key-id').subarray(0, keyIdBytes),
    sealingKey: derive(masterKey, 'sealing'),
    internalToken: derive(masterKey, 'internal-calls').toString('base64url'),
  };
}

function derive(masterKey: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), `postrider/${purpose}`, 32));
}

function openBy({ sealingKey }: VersionedKey, sealed: Buffer, context: string): Buffer {
  const iv = sealed.subarray(0, ivBytes);
  const tag = sealed.subarray(ivBytes, ivBytes + tagBytes);
  const decipher = createDecipheriv('aes-256-gcm', sealingKey, iv).setAAD(Buffer.from(context)).setAuthTag(tag);
  return Buffer.concat([decipher.update(sealed.subarray(ivBytes + tagBytes)), decipher.final()]);
}

function openByAny(keys: readonly VersionedKey[], sealed: Buffer, context: string): Buffer {
  const [first, ...others] = keys as [VersionedKey, ...VersionedKey[]];
  try {
    return openBy(first, sealed, context);
  } catch (error) {
    if (others.length === 0) throw error;
    return openByAny(others, sealed, context);
  }
}
