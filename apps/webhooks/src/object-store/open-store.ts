import { folderStore } from './folder-store.adapter';
import type { ObjectStore } from './object-store';
import { s3Store } from './s3-store.adapter';

/** The store that a setting names: a folder, or `s3://bucket/prefix?endpoint=…&region=…`. */
export function openStore(
  { mediaStore, accessKeyId, secretAccessKey }: { mediaStore: string; accessKeyId: string; secretAccessKey: string },
  now: () => Date,
): ObjectStore {
  if (!mediaStore.startsWith('s3://')) return folderStore(mediaStore);
  const { hostname: bucket, pathname, searchParams } = new URL(mediaStore);
  const region = searchParams.get('region') ?? 'us-east-1';
  const endpoint = searchParams.get('endpoint') ?? `https://s3.${region}.amazonaws.com`;
  const prefix = pathname.replace(/^\/+|\/+$/g, '');
  return s3Store({ endpoint, bucket, prefix, region, accessKeyId, secretAccessKey }, now);
}
