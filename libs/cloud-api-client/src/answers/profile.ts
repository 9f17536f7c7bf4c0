import { z } from 'zod';

const some = z.string().nullish();

export const BusinessProfile = z.looseObject({
  about: some,
  address: some,
  description: some,
  email: some,
  profile_picture_url: some,
  websites: z.array(z.string()).nullish(),
  vertical: some,
});
export type BusinessProfile = z.infer<typeof BusinessProfile>;
