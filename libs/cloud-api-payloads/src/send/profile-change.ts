import { z } from 'zod';
import { limits } from '../limits';
import { link, list, nonEmpty, text, textOrNothing } from '../shape';

const profile = limits.profile;
/** What people see of a number; what is left out stays. An empty text takes it away, but not `about`. */
export const ProfileChange = z.strictObject({
  about: text(profile.about).optional(),
  address: textOrNothing(profile.address).optional(),
  description: textOrNothing(profile.description).optional(),
  email: z
    .union([z.literal(''), z.email().max(profile.email, `must be at most ${profile.email} characters`)])
    .optional(),
  websites: list(link.max(profile.website, `must be at most ${profile.website} characters`), {
    max: profile.websites,
  }).optional(),
  /** One of Meta's, as RETAIL; open, since the list grows. */
  vertical: z
    .string()
    .regex(/^[A-Z_]{2,50}$/, 'must be one of the lines of business that Meta lists, as RETAIL')
    .optional(),
  /** Of a resumable upload. */
  profile_picture_handle: nonEmpty.max(10_000).optional(),
});
export type ProfileChange = z.infer<typeof ProfileChange>;
