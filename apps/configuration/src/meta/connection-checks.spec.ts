import { MetaSaidNo, type PhoneNumberFacts, type TokenFacts } from './account-at-meta';
import { connectionChecks, isUsable, permissions, verdictOf } from './connection-checks';
import type { Look } from './look';

const now = new Date('2026-01-15T12:00:00Z');
const callbackUrl = 'https://postrider.example/webhooks/meta';
const asked = { wabaId: '2000', appId: '1000', callbackUrl, now };
const token = (given: Partial<TokenFacts> = {}): TokenFacts => ({
  valid: true,
  appId: '1000',
  userId: '77',
  type: 'SYSTEM_USER',
  application: 'Jasper',
  scopes: permissions,
  targets: {},
  ...given,
});
const number: PhoneNumberFacts = {
  phoneNumberId: '3000',
  displayPhoneNumber: '+1 555 010 0001',
  verifiedName: 'Jasper',
  status: 'CONNECTED',
  quality: 'GREEN',
  throughputPerSecond: 80,
};
const look = (given: Partial<Look> = {}): Look => ({
  token: { said: token() },
  secret: { said: undefined },
  account: { said: { wabaId: '2000', name: 'Jasper', portfolio: { id: '1500' } } },
  numbers: { said: [number] },
  ...given,
});
const said = (name: string, given: Look): { ok: boolean; detail: string } | undefined =>
  connectionChecks(given, asked).find((check) => check.name === name);

describe('the checks of a connection', () => {
  it('are all ok for a good token, and say whose it is', () => {
    const checks = connectionChecks(look(), asked);
    expect(checks.filter((check) => !check.ok)).toEqual([]);
    expect(isUsable(checks)).toBe(true);
    expect(said('token-valid', look())?.detail).toBe('Token of system user 77, made for app Jasper.');
  });

  it('refuse an expired token and say what to do', () => {
    const expired = look({
      token: { said: token({ valid: false, because: 'Session has expired' }) },
      account: { refused: new MetaSaidNo(190, 'Session has expired') },
    });
    const checks = connectionChecks(expired, asked);
    expect(isUsable(checks)).toBe(false);
    expect(checks[0]).toEqual({
      name: 'token-valid',
      ok: false,
      detail: 'Meta says the token is not valid (Session has expired). Make a new one.',
    });
  });

  it.each(permissions)('name the missing permission %s', (missing) => {
    const without = look({ token: { said: token({ scopes: permissions.filter((one) => one !== missing) }) } });
    expect(said(`permission-${missing}`, without)).toMatchObject({
      ok: false,
      detail: expect.stringContaining(`lacks ${missing}`) as unknown,
    });
    expect(isUsable(connectionChecks(without, asked))).toBe(missing === 'business_management');
  });

  it('see that a permission was granted for other accounts only', () => {
    const elsewhere = look({ token: { said: token({ targets: { whatsapp_business_messaging: ['9999'] } }) } });
    expect(said('permission-whatsapp_business_messaging', elsewhere)?.detail).toContain('not for WABA 2000');
  });

  it("explain a portfolio's id given for the account's", () => {
    const mixedUp = look({
      account: { refused: new MetaSaidNo(100, 'nonexisting field') },
      mistakenFor: { id: '2000', name: 'Jasper Holding' },
    });
    expect(said('account-access', mixedUp)?.detail).toContain('is the business portfolio "Jasper Holding"');
    expect(isUsable(connectionChecks(mixedUp, asked))).toBe(false);
  });

  it('refuse a token of another app, whose secret would not fit', () => {
    const other = look({ token: { said: token({ appId: '4711' }) } });
    expect(said('token-of-app', other)?.ok).toBe(false);
    expect(isUsable(connectionChecks(other, asked))).toBe(false);
  });

  it("refuse a secret that is not the app's, since no webhook could be trusted", () => {
    const wrong = look({ secret: { refused: new MetaSaidNo(101, 'Error validating client secret') } });
    expect(said('app-secret', wrong)?.ok).toBe(false);
    expect(isUsable(connectionChecks(wrong, asked))).toBe(false);
  });

  it('warn of a token that ends within 14 days without barring it', () => {
    const soon = look({ token: { said: token({ expiresAt: new Date('2026-01-20T00:00:00Z') }) } });
    expect(said('token-expiry', soon)).toMatchObject({ ok: false });
    expect(isUsable(connectionChecks(soon, asked))).toBe(true);
    expect(verdictOf(soon, [], 3).expiresAt).toBe('2026-01-20T00:00:00.000Z');
  });

  it('say that a number is missing, and count those that can send', () => {
    expect(said('senders', look({ numbers: { said: [] } }))?.ok).toBe(false);
    const two = look({ numbers: { said: [number, { ...number, status: 'PENDING' }] } });
    expect(said('senders', two)?.detail).toBe('2 found, of which 1 can send.');
  });
});

describe('what a token sees beside the account', () => {
  it('are the other business accounts, of its own grants and of the portfolio', () => {
    const targets = { whatsapp_business_management: ['2000', '2001'] };
    const others = look({
      token: { said: token({ targets }) },
      accounts: {
        said: [
          { id: '2000', name: 'Jasper' },
          { id: '2002', name: 'Jade' },
        ],
      },
    });
    expect(said('business-accounts', others)).toEqual({
      name: 'business-accounts',
      ok: true,
      detail: 'The token also sees 2001, 2002 (Jade).',
    });
    expect(said('business-accounts', look())?.detail).toBe('The token sees no other business account.');
  });
});

describe("a number's own webhook", () => {
  it('is told of where it goes elsewhere, without the path of the address', () => {
    const numbers = { said: [{ ...number, ownWebhook: 'https://other.example/secret-path' }] };
    const check = said('number-webhooks', look({ numbers }));
    expect(check?.ok).toBe(false);
    expect(check?.detail).toContain('+1 555 010 0001 to other.example:');
    expect(check?.detail).not.toContain('secret-path');
    expect(said('number-webhooks', look({ numbers: { said: [{ ...number, ownWebhook: callbackUrl }] } }))?.ok).toBe(
      true,
    );
  });
});
