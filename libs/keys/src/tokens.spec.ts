import fc from 'fast-check';
import { callbackToken, readCallbackToken } from './callback-token';
import { readVerifyToken, verifyToken } from './verify-token';

const secret = Buffer.alloc(32, 1);
const reference = fc.record({ messageId: fc.uuid(), attempt: fc.integer({ min: 1, max: 999_999 }) });
/** Another character at one place of a text. */
const changed = (text: string, at: number): string => {
  const index = at % text.length;
  return text.slice(0, index) + (text[index] === 'x' ? 'y' : 'x') + text.slice(index + 1);
};

describe('a callback token', () => {
  it('names its attempt again', () => {
    fc.assert(
      fc.property(reference, (attempt) => {
        const token = callbackToken(secret, attempt);
        expect(readCallbackToken(secret, token)).toEqual(attempt);
        // biz_opaque_callback_data takes 512 characters.
        expect(token.length).toBeLessThan(100);
      }),
    );
  });

  it('that was changed, or made under another secret, names nothing', () => {
    fc.assert(
      fc.property(reference, fc.nat(), (attempt, at) => {
        const token = callbackToken(secret, attempt);
        expect(readCallbackToken(secret, changed(token, at))).toBeUndefined();
        expect(readCallbackToken(Buffer.alloc(32, 2), token)).toBeUndefined();
      }),
    );
  });

  it.each(['', 'order-7', '1.x.1.y', `1.${'0'.repeat(36)}.0.${'a'.repeat(22)}`])(
    'is not any text of a caller: %s',
    (text) => {
      expect(readCallbackToken(secret, text)).toBeUndefined();
    },
  );
});

describe('a verify token', () => {
  it('names its account again', () => {
    fc.assert(fc.property(fc.uuid(), (account) => readVerifyToken(secret, verifyToken(secret, account)) === account));
  });

  it('that was changed, or made under another key, names nothing', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(), (account, at) => {
        const token = verifyToken(secret, account);
        expect(readVerifyToken(secret, changed(token, at))).toBeUndefined();
        expect(readVerifyToken(Buffer.alloc(32, 2), token)).toBeUndefined();
      }),
    );
  });

  it.each(['', '.', 'guess', 'account.', '.mac'])('is not any text: "%s"', (text) => {
    expect(readVerifyToken(secret, text)).toBeUndefined();
  });
});
