import { nameMember } from './person';

const secret = Buffer.alloc(32, 7);

describe('who a row means', () => {
  it.each(['+34 600 123 401', '0034600123401', '34600123401', '+34 (600) 12-34-01'])('is one person as %s', (phone) => {
    expect(nameMember(secret, { phone })).toEqual({
      ...nameMember(secret, { phone: '+34600123401' }),
      to: { phone: '+34600123401' },
      country: 'ES',
    });
  });

  it.each(['4.93E+12', '+34600123401 ext', 'call me', '12', ''])('is nobody as %p', (phone) => {
    expect(nameMember(secret, { phone })).toBeUndefined();
  });

  it('is the user id where there is no number', () => {
    expect(nameMember(secret, { userId: 'ES.1' })).toMatchObject({ to: { userId: 'ES.1' }, country: null });
    expect(nameMember(secret, {})).toBeUndefined();
  });
});
