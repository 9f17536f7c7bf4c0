import { z } from 'zod';

const user = z.looseObject({
  input: z.string().optional(),
  wa_id: z.string().optional(),
  user_id: z.string().optional(),
});
const failed = user.extend({
  errors: z.array(z.looseObject({ code: z.number().optional(), message: z.string().optional() })).optional(),
});

/** Who was blocked or unblocked, and who could not be. */
export const BlockAnswer = z.looseObject({
  block_users: z.looseObject({
    added_users: z.array(user).optional(),
    removed_users: z.array(user).optional(),
    failed_users: z.array(failed).optional(),
  }),
});
export type BlockResult = z.infer<typeof BlockAnswer>['block_users'];

export const BlockedUser = z.looseObject({ wa_id: z.string().optional(), user_id: z.string().optional() });
export type BlockedUser = z.infer<typeof BlockedUser>;
