import { Purpose } from '@postrider/event-contracts';
import { z } from 'zod';
import { PolicyLanguage, Reply } from './replies';

const KeywordSet = z.strictObject({
  name: z.string().trim().min(1).max(100),
  does: z.enum(['opt-out', 'opt-in', 'help', 'reply']),
  words: z.array(z.string().trim().min(1).max(100)).min(1).max(200),
  language: PolicyLanguage.optional(),
  /** Which consent an opt-out or opt-in is about; without it marketing. */
  purpose: Purpose.optional(),
  /** Whether the words must be all that the person wrote, or stand somewhere in it as words of their own. */
  match: z.enum(['whole', 'contains']).default('whole'),
  /** Instead of the answer that the replies policy has. */
  reply: Reply.optional(),
});
export type KeywordSet = z.infer<typeof KeywordSet>;

/** Words that a person writes to start, to stop or to be helped. */
export const KeywordsPolicy = z.strictObject({
  /** Whether the built-in sets hold too. Where they do not, nobody stops by a word that no set here has. */
  includeDefaults: z.boolean().default(true),
  sets: z.array(KeywordSet).max(200).default([]),
});
export type KeywordsPolicy = z.infer<typeof KeywordsPolicy>;
