import { passesVerhoeff, weighted } from './check-digits';

interface NationalId {
  /** ISO 3166, and the name that people there know it by. */
  readonly name: string;
  readonly looks: RegExp;
  readonly holds: (found: string) => boolean;
}

const digitsOf = (found: string): string => found.replace(/\D/g, '');
const alone = (pattern: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}-])(?:${pattern})(?![\\p{L}\\p{N}]|-\\d)`, 'giu');
const always = (): boolean => true;

/**
 * Those that can be told from other numbers: by check digits, or by the way they are written. Bare digits without a
 * check, such as an SSN without hyphens, are not taken for one, nor is a Canadian SIN, which is written as telephone
 * numbers are: they would be something else far more often.
 */
const nationalIds: readonly NationalId[] = [
  { name: 'US SSN', looks: alone('(?!000|666|9)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}'), holds: always },
  { name: 'BR CPF', looks: alone('\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}'), holds: isCpf },
  { name: 'ES DNI', looks: alone('[XYZ]-?\\d{7}-?[A-Z]|\\d{8}-?[A-Z]'), holds: isDni },
  { name: 'CN resident id', looks: alone('\\d{6}(?:19|20)\\d{9}[\\dX]'), holds: isResidentId },
  {
    name: 'IN Aadhaar',
    looks: alone('[2-9]\\d{3}[ -]\\d{4}[ -]\\d{4}'),
    holds: (found) => passesVerhoeff(digitsOf(found)),
  },
  {
    name: 'MX CURP',
    looks: alone('[A-Z][AEIOUX][A-Z]{2}\\d{2}(?:0\\d|1[0-2])[0-3]\\d[HMX][A-Z]{5}[A-Z\\d]\\d'),
    holds: always,
  },
  { name: 'IT codice fiscale', looks: alone('[A-Z]{6}\\d{2}[A-EHLMPR-T][0-7]\\d[A-Z]\\d{3}[A-Z]'), holds: always },
  {
    name: 'GB National Insurance number',
    looks: alone('(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?: ?\\d{2}){3} ?[A-D]'),
    holds: always,
  },
  { name: 'FR NIR', looks: alone('[12] ?\\d{2} ?(?:0[1-9]|1[0-2]) ?\\d[\\dAB] ?\\d{3} ?\\d{3} ?\\d{2}'), holds: isNir },
];

/** Each has as many, some with separators between them. */
const enoughDigits = /(?:\d[^\d]{0,3}){6}/;

/** Names of the kinds of national identity number that a text holds. */
export const nationalIdsIn = (text: string): string[] =>
  enoughDigits.test(text)
    ? nationalIds
        .filter(({ looks, holds }) => [...text.matchAll(looks)].some(([found]) => holds(found)))
        .map(({ name }) => name)
    : [];

function isCpf(found: string): boolean {
  const digits = digitsOf(found);
  if (/^(\d)\1*$/.test(digits)) return false;
  return [9, 10].every((place) => {
    const weights = Array.from({ length: place }, (_, index) => place + 1 - index);
    return ((weighted(digits, weights) * 10) % 11) % 10 === Number(digits[place]);
  });
}

function isDni(found: string): boolean {
  const id = found.toUpperCase().replace(/-/g, '');
  const number = Number(id.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter))));
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] === id.at(-1);
}

function isResidentId(found: string): boolean {
  const sum = weighted(found, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
  return '10X98765432'[sum % 11] === found.at(-1)!.toUpperCase();
}

function isNir(found: string): boolean {
  const id = found.toUpperCase().replace(/ /g, '');
  // Corsica's departments have letters, and count as numbers by convention.
  const number = Number(id.slice(0, 13).replace('A', '0').replace('B', '0'));
  const shift = id.includes('A') ? 1_000_000 : id.includes('B') ? 2_000_000 : 0;
  return 97 - ((number - shift) % 97) === Number(id.slice(13));
}
