import { getCountries, getCountryCallingCode } from 'libphonenumber-js/min';

/** Countries that share a calling code with others and stand for it. */
const mainCountries = ['US', 'GB', 'RU', 'IT', 'NO', 'AU', 'FI', 'GP', 'MA', 'RE', 'CW', 'SH'];

/** Area codes under +1 that are not the United States: Canada first, then the Caribbean and Pacific. */
const canadianAreas = new Set(
  '204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 403 416 418 428 431 437 438 450 460 468 474 506 514 519 537 548 568 579 581 584 587 604 613 639 647 672 683 705 709 742 753 778 780 782 807 819 825 867 873 879 902 905'.split(
    ' ',
  ),
);
const otherAreas = new Map(
  '242 BS,246 BB,264 AI,268 AG,284 VG,345 KY,441 BM,473 GD,649 TC,658 JM,664 MS,721 SX,758 LC,767 DM,784 VC,809 DO,829 DO,849 DO,868 TT,869 KN,876 JM'
    .split(',')
    .map((pair) => pair.split(' ') as [string, string]),
);

const byCallingCode = new Map<string, string>();
for (const country of getCountries()) {
  const code = getCountryCallingCode(country);
  if (!byCallingCode.has(code) || mainCountries.includes(country)) byCallingCode.set(code, country);
}

/** The country of a phone number in digits; ZZ when no calling code fits. */
export function countryOf(digits: string): string {
  if (digits.startsWith('1')) {
    const area = digits.slice(1, 4);
    return canadianAreas.has(area) ? 'CA' : (otherAreas.get(area) ?? 'US');
  }
  for (let length = 3; length > 0; length -= 1) {
    const country = byCallingCode.get(digits.slice(0, length));
    if (country) return country;
  }
  return 'ZZ';
}

/** Users there can neither be sent to nor write. */
export const sanctionedCountries = new Set(['CU', 'IR', 'KP', 'SY']);
