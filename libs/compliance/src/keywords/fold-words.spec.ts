import fc from 'fast-check';
import { foldWords } from './fold-words';

it('says the same of plain letters by the short way as by the long one', () => {
  const plain = fc.string({ unit: 'grapheme-ascii' });
  fc.assert(fc.property(plain, (text) => foldWords(`${text} é`) === `${foldWords(text)} e`.trim()));
});

it('says of what it said the same again', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => foldWords(foldWords(text)) === foldWords(text)));
});
