/** Latin accents only: elsewhere such marks make another letter. */
const accents = /[\u0300-\u036f]/g;
const separators = /[^\p{L}\p{N}\p{M}]+/gu;

/**
 * Words as they are compared: without case, accents, width and punctuation, one space between them. "¡ALTO!" and "alto"
 * are the same, and so are "ＳＴＯＰ" and "stop".
 */
export const foldWords = (text: string): string =>
  text.normalize('NFKD').replace(accents, '').toLowerCase().replace(separators, ' ').trim().normalize('NFC');
