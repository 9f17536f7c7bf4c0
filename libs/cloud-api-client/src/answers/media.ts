import { z } from 'zod';
import { graphId } from './success';

/** Where a file can be fetched for the next five minutes. `sha256` is hex or base64. */
export const MediaInfo = z.looseObject({
  id: graphId,
  url: z.string(),
  mime_type: z.string().optional(),
  sha256: z.string().optional(),
  file_size: z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).optional(),
});
export type MediaInfo = z.infer<typeof MediaInfo>;

export const UploadSession = z.looseObject({ id: z.string(), file_offset: z.number().optional() });
export const UploadHandle = z.looseObject({ h: z.string() });
