/** Where files are kept: a folder by default, anything that speaks S3 by setting. Keys are paths of harmless characters. */
export interface ObjectStore {
  /** Resolves once the object is durable. Writing it again is the same object. */
  put(key: string, bytes: Buffer, mimeType: string): Promise<void>;
  /** Undefined where there is no such object. */
  get(key: string): Promise<Buffer | undefined>;
  remove(key: string): Promise<void>;
}

/** Refuses a key that could lead elsewhere. */
export function checkedKey(key: string): string {
  if (!/^[a-z0-9-]+(\/[a-z0-9-]+)*$/i.test(key))
    throw new RangeError('a key of an object has letters, digits, dashes and slashes');
  return key;
}
