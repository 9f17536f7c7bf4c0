import fc from 'fast-check';
import { keyring } from './keyring';

const keys = keyring(Buffer.alloc(32, 1));
const others = keyring(Buffer.alloc(32, 2));

describe('a keyring', () => {
  it('opens what it sealed', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (plaintext, context) => {
        expect(keys.open(keys.seal(plaintext, context), context)).toEqual(Buffer.from(plaintext));
      }),
    );
  });

  it('opens nothing that was changed, meant for another context, or sealed under another key', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(), (plaintext, at) => {
        const box = keys.seal(plaintext, 'a');
        const changed = Buffer.from(box);
        changed[at % changed.length]! ^= 1;
        expect(() => keys.open(changed, 'a')).toThrow();
        expect(() => keys.open(box, 'b')).toThrow();
        expect(() => others.open(box, 'a')).toThrow();
      }),
    );
  });

  it('seals the same text differently each time', () => {
    const text = Buffer.from('token');
    expect(keys.seal(text, 'a')).not.toEqual(keys.seal(text, 'a'));
    expect(keys.seal(text, 'a').includes('token')).toBe(false);
  });

  it.each([0, 1, 28])('takes %i bytes for no box', (length) => {
    expect(() => keys.open(Buffer.alloc(length), 'a')).toThrow('not a sealed box');
  });

  it('derives a key of its own for each purpose, the same after a restart', () => {
    const purposes = ['verify-token', 'internal-calls', 'sealing'];
    expect(new Set(purposes.map((purpose) => keys.derive(purpose).toString('hex'))).size).toBe(3);
    expect(keyring(Buffer.alloc(32, 1)).derive('verify-token')).toEqual(keys.derive('verify-token'));
    expect(keys.internalToken).not.toBe(others.internalToken);
  });

  it('with a new master key opens what the ones before sealed, and seals under the new one alone', () => {
    const both = keyring(Buffer.alloc(32, 2), [Buffer.alloc(32, 1)]);
    const [before, after] = [keys.seal(Buffer.from('x'), 'a'), both.seal(Buffer.from('x'), 'a')];
    expect(both.open(before, 'a').toString()).toBe('x');
    expect(others.open(after, 'a').toString()).toBe('x');
    expect(() => others.open(before, 'a')).toThrow('sealed under a master key that is not given');
    expect([before, after].map((box) => box.subarray(0, 5).equals(both.boxPrefix))).toEqual([false, true]);
    expect(both.internalTokens).toEqual([others.internalToken, keys.internalToken]);
    expect(both.internalToken).toBe(others.internalToken);
  });

  it('opens a box of the format that did not tell its key', () => {
    const box = Buffer.from('AStADODdyiOVBqAavjvgMsvr/iDcqP9rl4Ncl+dCQKwSXA==', 'base64');
    expect(keys.open(box, 'a').toString()).toBe('token');
    expect(
      keyring(Buffer.alloc(32, 2), [Buffer.alloc(32, 1)])
        .open(box, 'a')
        .toString(),
    ).toBe('token');
    expect(() => others.open(box, 'a')).toThrow();
    expect(() => keys.open(box, 'b')).toThrow();
  });

  it('refuses a master key of another length', () => {
    expect(() => keyring(Buffer.alloc(16))).toThrow('a master key has 32 bytes, not 16');
  });
});
