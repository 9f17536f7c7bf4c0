import { ownWords } from '@postrider/compliance';
import { Purpose } from '@postrider/event-contracts';
import { z } from 'zod';
import { To } from '../contact/recipient';

/** One word on being written to, as a caller reports it. */
export const ConsentBody = z
  .strictObject({
    contact: To,
    purpose: Purpose,
    state: z.enum(['granted', 'revoked']),
    /** How the caller knows: a form, a shop, a call. */
    source: z.string().min(1).max(100),
    proof: z.string().max(2_000).optional(),
    /** For one sender only; without it for all. */
    senderId: z.uuid().optional(),
    /** When the person said so; now where it is left out. */
    at: z.iso.datetime({ offset: true }).optional(),
  })
  // A stop that was told elsewhere may be brought along; a yes in the person's own words we hear ourselves.
  .refine(({ state, source }) => state === 'revoked' || !ownWords.includes(source), {
    path: ['source'],
    message: `a grant cannot come from ${ownWords.join(', ')}: those are what the person says in WhatsApp`,
  });
export type ConsentBody = z.infer<typeof ConsentBody>;

export const consentsMax = 1_000;
