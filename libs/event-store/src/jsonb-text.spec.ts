import fc from 'fast-check';
import { fromJsonb, toJsonb } from './jsonb-text';

const awkward = fc.string({
  unit: fc.constantFrom(
    '\0',
    '\u001a',
    '\ud83d',
    '\udc4d',
    '\\',
    'u',
    '0',
    'd83d',
    '"',
    '\n',
    'a',
    '👍',
    '\u007f',
    '\u2028',
  ),
});

describe('text for jsonb', () => {
  it('gives every JSON value back as it was', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.dictionary(awkward, fc.array(awkward))), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(fromJsonb(toJsonb(value))).toEqual(plain);
      }),
    );
  });

  it('holds neither NUL nor a lone surrogate', () => {
    fc.assert(
      fc.property(awkward, (text) => {
        const stored = JSON.parse(toJsonb({ text })) as { text: string };
        expect(stored.text.includes('\0')).toBe(false);
        expect(stored.text).not.toMatch(/\p{Surrogate}/u);
      }),
    );
  });

  it('leaves ordinary text as it is', () => {
    expect(toJsonb({ name: 'Zoë 👍 \\u0000' })).toBe(JSON.stringify({ name: 'Zoë 👍 \\u0000' }));
  });
});
