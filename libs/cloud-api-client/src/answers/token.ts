import { z } from 'zod';
import { graphId } from './success';

/** What a token is and may do; `expires_at` is 0 for one that does not end. */
export const TokenInfo = z.looseObject({
  app_id: graphId.optional(),
  type: z.string().optional(),
  application: z.string().optional(),
  expires_at: z.number().optional(),
  data_access_expires_at: z.number().optional(),
  issued_at: z.number().optional(),
  is_valid: z.boolean(),
  scopes: z.array(z.string()).optional(),
  granular_scopes: z.array(z.looseObject({ scope: z.string(), target_ids: z.array(graphId).nullish() })).optional(),
  user_id: graphId.optional(),
  error: z.looseObject({ code: z.number().optional(), message: z.string().optional() }).optional(),
});
export type TokenInfo = z.infer<typeof TokenInfo>;
