/** How many shards an installation has unless it says otherwise when it is made; fixed for its life. */
export const defaultShards = 4;

/**
 * The shard of an ordering key: 32-bit FNV-1a over its UTF-8 bytes, mixed as MurmurHash3 ends (fmix32) because FNV's low
 * bits alone spread hexadecimal keys badly, modulo the number of shards. Stored positions rest on it: it never changes.
 */
export function shardOf(orderingKey: string, shards: number): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(orderingKey, 'utf8')) hash = Math.imul(hash ^ byte, 0x01000193);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  hash ^= hash >>> 16;
  return (hash >>> 0) % shards;
}
