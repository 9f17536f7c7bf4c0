/** Latin accents only: elsewhere such marks make another letter. */
const accents = /[\u0300-\u036f]/g;
const separators = /[^\p{L}\p{N}\p{M}]+/gu;

/** Most texts; the long way says the same of them. */
const isAscii = /^[\x20-\x7e\s]*$/;
const asciiSeparators = /[^a-z0-9]+/g;

/**
 * Words as they are compared: without case, accents, width and punctuation, one space between them. "¡ALTO!" and "alto"
 * are the same, and so are "ＳＴＯＰ" and "stop".
 */
export const foldWords = (text: string): string =>
  isAscii.test(text)
    ? text.toLowerCase().replace(asciiSeparators, ' ').trim()
    : text.normalize('NFKD').replace(accents, '').toLowerCase().replace(separators, ' ').trim().normalize('NFC');
