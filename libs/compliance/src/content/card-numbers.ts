import { passesLuhn } from './check-digits';

/** Digits in one piece, or in groups with one space or hyphen between them; nothing of a longer number or word. */
const numbers = /(?<![\p{L}\p{N}])\d(?:[ -]?\d){12,18}(?![\p{L}\p{N}]|[ -]?\d)/gu;

/** How issuers' numbers begin, and how long they are (ISO/IEC 7812). */
const schemes: readonly (readonly [begins: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [16, 19]],
  [/^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(6011|64[4-9]|65)/, [16, 19]],
  [/^3(?:0[0-5]|[689])/, [14, 16, 19]],
  [/^35(?:2[89]|[3-8])/, [16, 17, 18, 19]],
  [/^62/, [16, 17, 18, 19]],
  [/^(5018|5020|5038|6304|6759|676[1-3])/, [13, 14, 15, 16, 17, 18, 19]],
  [/^(60|81|82|508)/, [16]],
];

/**
 * Whether a text holds a full payment card number: one that begins as an issuer's do, is as long, and passes Luhn's
 * check. Parts such as the last four digits are not.
 */
export function holdsCardNumber(text: string): boolean {
  for (const [found] of text.matchAll(numbers)) {
    const digits = found.replace(/[ -]/g, '');
    const isIssued = schemes.some(([begins, lengths]) => begins.test(digits) && lengths.includes(digits.length));
    if (isIssued && passesLuhn(digits)) return true;
  }
  return false;
}
