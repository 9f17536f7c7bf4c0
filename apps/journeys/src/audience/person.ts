import { aliasKey, type Alias } from '@postrider/keys';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** A row of an audience, ready to be planned. Personal. */
export interface Member {
  readonly to: Alias;
  /** The row by column; cells that are empty are absent. */
  readonly row: Readonly<Record<string, unknown>>;
}

/** A member as they stand on a list. */
export interface MemberToPlan {
  readonly personKey: string;
  readonly line: number;
  readonly country: string | null;
  readonly member: Member;
}

export interface NamedMember {
  readonly to: Alias;
  readonly personKey: string;
  /** ISO 3166 alpha-2 of the number, where it can be told. */
  readonly country: string | null;
}

/** Who a row means, named as dispatch names them, so that the same person is the same key everywhere. */
export function nameMember(
  identitySecret: Uint8Array,
  person: { phone?: string; userId?: string },
): NamedMember | undefined {
  const { phone, userId } = person;
  if (phone === undefined) {
    if (userId === undefined) return undefined;
    const to = { userId };
    return { to, personKey: aliasKey(identitySecret, to), country: null };
  }
  // A spreadsheet turns a long number into 4.93E+12; its digits would be somebody else's.
  if (/\p{L}/u.test(phone)) return undefined;
  const parsed = parsePhoneNumberFromString(`+${phone.replace(/\D/g, '').replace(/^00/, '')}`);
  if (!parsed?.isPossible()) return undefined;
  const to = { phone: parsed.number };
  return { to, personKey: aliasKey(identitySecret, to), country: parsed.country ?? null };
}
