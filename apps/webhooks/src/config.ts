import { join } from 'node:path';
import { z } from 'zod';

const MediaStore = z
  .string()
  .refine(
    (text) => !text.startsWith('s3://') || URL.canParse(text),
    's3://bucket/prefix?endpoint=https://…&region=… is needed',
  );

/** What webhooks reads from the environment. */
export const WebhooksConfig = z
  .object({
    /** Days for which deliveries are kept as they came. */
    POSTRIDER_RECEIPT_DAYS: z.coerce.number('a number of days is needed').int().min(1).max(365).default(14),
    POSTRIDER_DATA: z.string().default('.postrider'),
    /** Where received files go: a folder, or `s3://bucket/prefix?endpoint=https://…&region=…` with the two keys below. */
    POSTRIDER_MEDIA_STORE: MediaStore.optional(),
    AWS_ACCESS_KEY_ID: z.string().optional(),
    AWS_SECRET_ACCESS_KEY: z.string().optional(),
    /** Hosts allowed for Cloud API traffic beside Meta's and this machine. */
    POSTRIDER_GRAPH_HOSTS: z.string().default(''),
  })
  .refine(
    ({ POSTRIDER_MEDIA_STORE: store, AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret }) =>
      !store?.startsWith('s3://') || (id !== undefined && secret !== undefined),
    { path: ['AWS_ACCESS_KEY_ID'], message: 'the media store needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY' },
  )
  .transform((env) => ({
    receiptDays: env.POSTRIDER_RECEIPT_DAYS,
    mediaStore: env.POSTRIDER_MEDIA_STORE ?? join(env.POSTRIDER_DATA, 'media'),
    accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
    graphHosts: env.POSTRIDER_GRAPH_HOSTS.split(',')
      .map((host) => host.trim())
      .filter((host) => host !== ''),
  }));
export type WebhooksConfig = z.infer<typeof WebhooksConfig>;
