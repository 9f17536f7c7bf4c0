import type { RecipientFacts } from '@postrider/compliance';
import type { Alias } from '@postrider/keys';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

type Place = Pick<RecipientFacts, 'country' | 'northAmerica'>;

/** Numbers of which each holder may be anywhere under +1. */
const withoutPlace: ReadonlySet<string | undefined> = new Set([
  'TOLL_FREE',
  'PREMIUM_RATE',
  'SHARED_COST',
  'PERSONAL_NUMBER',
  'UAN',
]);

/**
 * Where a person is to be found, by the area code of their number or by the country that their user id begins with.
 * Under +1 the country says nothing for toll-free numbers, and is missing for area codes that are not in the metadata.
 */
export function placeOf(to: Alias): Place {
  if ('userId' in to) {
    const country = /^([A-Z]{2})\./.exec(to.userId)?.[1];
    return country === undefined ? {} : { country };
  }
  const parsed = parsePhoneNumberFromString(`+${to.phone.replace(/\D/g, '')}`);
  if (parsed === undefined) return {};
  const { country, countryCallingCode } = parsed;
  if (countryCallingCode !== '1') return country === undefined ? {} : { country };
  if (country === undefined) return { northAmerica: 'unknown' };
  if (withoutPlace.has(parsed.getType())) return { northAmerica: 'toll-free' };
  return { country, northAmerica: 'geographic' };
}

/** The same of a message that was taken on: a number is read again only where its country does not say it all. */
export function placeAgain(
  to: { readonly phone?: string; readonly userId?: string },
  country: string | undefined,
): Place {
  if (to.phone === undefined) return to.userId === undefined ? {} : placeOf({ userId: to.userId });
  if (to.phone.startsWith('+1') || country === undefined) return placeOf({ phone: to.phone });
  return { country };
}
