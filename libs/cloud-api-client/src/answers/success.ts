import { z } from 'zod';

/** Most writes answer this. */
export const Success = z.looseObject({ success: z.boolean().optional() });
export type Success = z.infer<typeof Success>;

/** Meta's ids are decimal texts, and integers now and then. */
export const graphId = z.union([z.string(), z.number().transform(String)]);
export const Created = z.looseObject({ id: graphId });
export type Created = z.infer<typeof Created>;

/** A page of a list. */
export const page = <T extends z.ZodType>(item: T) =>
  z.looseObject({
    data: z.array(item),
    paging: z
      .looseObject({
        cursors: z.looseObject({ before: z.string().optional(), after: z.string().optional() }).optional(),
        next: z.string().optional(),
      })
      .optional(),
  });
