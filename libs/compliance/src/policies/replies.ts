import { z } from 'zod';
import { QuietHours } from './quiet-hours';

export const PolicyLanguage = z.string().regex(/^[a-z]{2,3}$/, 'a language by its two or three letters');

/** A text that is sent within the service window. */
export const Reply = z.strictObject({ text: z.string().trim().min(1).max(4096) });
export type Reply = z.infer<typeof Reply>;

const ReplyRule = z.strictObject({
  when: z.enum(['first-message', 'outside-hours', 'no-keyword', 'after-opt-out', 'after-opt-in', 'help']),
  language: PolicyLanguage.optional(),
  reply: Reply,
  /** Not again to the same person within this time; an hour at least, so that no two automations keep each other going. */
  everyHours: z.number().min(1).max(8760).default(24),
});
export type ReplyRule = z.infer<typeof ReplyRule>;

/** Answers that need nobody. Left out, nothing is answered by itself. */
export const RepliesPolicy = z.strictObject({
  rules: z.array(ReplyRule).max(100).default([]),
  /** What "outside-hours" goes by. */
  hours: QuietHours.optional(),
});
export type RepliesPolicy = z.infer<typeof RepliesPolicy>;
