import fc from 'fast-check';
import { aliasKey, aliasKeys } from './alias-key';

const secret = Buffer.alloc(32, 1);
const digits = fc.stringMatching(/^[1-9]\d{6,14}$/);

describe('an alias key', () => {
  it('is the same for a phone number however it is written', () => {
    const spelt = ['+1 555 010 0001', '15550100001', '+1 (555) 010-0001'].map((phone) => aliasKey(secret, { phone }));
    expect(new Set(spelt).size).toBe(1);
  });

  it('does not show the alias', () => {
    fc.assert(fc.property(digits, (phone) => !aliasKey(secret, { phone }).includes(phone)));
  });

  it('differs by person, by kind of alias and by workspace', () => {
    fc.assert(
      fc.property(digits, digits, (a, b) => {
        fc.pre(a !== b);
        const keys = [
          aliasKey(secret, { phone: a }),
          aliasKey(secret, { phone: b }),
          aliasKey(secret, { userId: a }),
          aliasKey(Buffer.alloc(32, 2), { phone: a }),
        ];
        expect(new Set(keys).size).toBe(4);
      }),
    );
  });

  it('never changes between releases', () => {
    expect(aliasKey(secret, { phone: '15550100001' })).toBe('p.NbOlOKan_vJrIKETjSjBv9sS');
    expect(aliasKey(secret, { userId: 'US.1' })).toBe('u.sFudprANrMRX3dKU6Dic1pyF');
  });
});

describe('all alias keys of a person', () => {
  it('begin with the phone, which orders their events', () => {
    expect(aliasKeys(secret, { userId: 'US.1', phone: '15550100001' })).toEqual([
      aliasKey(secret, { phone: '15550100001' }),
      aliasKey(secret, { userId: 'US.1' }),
    ]);
  });

  it('are those that the source showed', () => {
    expect(aliasKeys(secret, { userId: 'US.1' })).toHaveLength(1);
    expect(aliasKeys(secret, {})).toEqual([]);
  });
});
