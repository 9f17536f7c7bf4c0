import { z } from 'zod';
import { limits } from '../limits';
import { list, nonEmpty } from '../shape';

const some = z.string().max(1000).optional();
const name = z
  .strictObject({
    formatted_name: nonEmpty.max(1000),
    first_name: some,
    last_name: some,
    middle_name: some,
    prefix: some,
    suffix: some,
  })
  .refine(
    (value) => [value.first_name, value.last_name, value.middle_name, value.prefix, value.suffix].some(Boolean),
    'needs one more part of the name beside formatted_name',
  );

const ContactCard = z.strictObject({
  name,
  phones: list(z.strictObject({ phone: some, type: some, wa_id: some }), { max: 100 }).optional(),
  emails: list(z.strictObject({ email: some, type: some }), { max: 100 }).optional(),
  addresses: list(
    z.strictObject({
      street: some,
      city: some,
      state: some,
      zip: some,
      country: some,
      country_code: some,
      type: some,
    }),
    { max: 100 },
  ).optional(),
  org: z.strictObject({ company: some, department: some, title: some }).optional(),
  urls: list(z.strictObject({ url: some, type: some }), { max: 100 }).optional(),
  birthday: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date as YYYY-MM-DD')
    .optional(),
});

/** Address-book cards, at most 257 to a message. */
export const ContactCards = list(ContactCard, { min: 1, max: limits.contacts });
