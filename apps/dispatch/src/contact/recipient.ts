import { aliasKeys, type Alias } from '@postrider/keys';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { z } from 'zod';

/** How a caller names a person. */
export const To = z.union([
  z.strictObject({ phone: z.string().regex(/\d/, 'a phone number has digits').max(40) }),
  z.strictObject({ userId: z.string().min(1).max(200) }),
]);

/** A person as a caller named them, in the forms that sending needs. */
export interface NamedPerson {
  /** E.164 where the number is a possible one, else as it came. */
  readonly to: Alias;
  readonly usable: boolean;
  /** ISO 3166 alpha-2 of the number, where it can be told. */
  readonly country?: string;
  readonly aliasKey: string;
}

/**
 * Numbers are checked for a possible length only: which ranges are in use changes faster than any table of them. Without
 * a plus sign they are taken as international, as Meta writes them.
 */
export function namePerson(identitySecret: Uint8Array, to: Alias): NamedPerson {
  if ('userId' in to) return { to, usable: true, aliasKey: aliasKeys(identitySecret, to)[0]! };
  const digits = to.phone.replace(/\D/g, '').replace(/^00/, '');
  const parsed = parsePhoneNumberFromString(`+${digits}`);
  const usable = parsed?.isPossible() ?? false;
  const phone = usable ? parsed!.number : `+${digits}`;
  return {
    to: { phone },
    usable,
    ...(parsed?.country === undefined ? {} : { country: parsed.country }),
    aliasKey: aliasKeys(identitySecret, { phone })[0]!,
  };
}
