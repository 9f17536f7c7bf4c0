import { attentionFor, type AttentionEvent } from './attention';

const at = new Date('2026-01-15T12:00:00Z');
const accountId = '0198b7a0-0000-7000-8000-000000000001';
const senderId = '0198b7a0-0000-7000-8000-000000000002';
const of = (type: AttentionEvent['type'], data: object) => attentionFor({ type, data, at } as AttentionEvent);

describe('what needs an operator', () => {
  it('is a refused token, until it is found good', () => {
    const checks = [
      { name: 'token-valid', ok: false, detail: 'Make a new one.' },
      { name: 'senders', ok: true, detail: '1 found.' },
    ];
    const { raise } = of('CredentialsRejected', { accountId, credentialsVersion: 1, checks });
    expect(raise).toMatchObject({ severity: 'critical', text: 'Nothing can be sent: Make a new one.' });
    const { clear } = of('CredentialsVerified', { accountId, tokenExpiresAt: null });
    expect(clear).toContain(raise?.key);
  });

  it('is a token that ends soon, until one that does not is in use', () => {
    const { raise } = of('CredentialsExpiring', { accountId, expiresAt: '2026-01-20T00:00:00.000Z' });
    expect(raise?.text).toContain('2026-01-20');
    const soon = of('CredentialsVerified', { accountId, tokenExpiresAt: '2026-01-20T00:00:00.000Z' });
    expect(soon.clear).not.toContain(raise?.key);
    const late = of('CredentialsVerified', { accountId, tokenExpiresAt: '2026-06-20T00:00:00.000Z' });
    expect(late.clear).toContain(raise?.key);
  });

  it('is a restriction, until it ends', () => {
    const { raise } = of('AccountRestricted', { accountId, restriction: 'DISABLED' });
    expect(of('AccountRestored', { accountId }).clear).toEqual([raise?.key]);
  });

  it('is a number that cannot send or is badly liked, until it can and is', () => {
    const status = of('SenderStatusChanged', { senderId, status: 'FLAGGED' }).raise;
    expect(of('SenderStatusChanged', { senderId, status: 'CONNECTED' }).clear).toEqual([status?.key]);
    const quality = of('SenderQualityChanged', { senderId, quality: 'RED' }).raise;
    expect(of('SenderQualityChanged', { senderId, quality: 'YELLOW' }).clear).toEqual([quality?.key]);
  });

  it('is a number whose account, portfolio or app blocks it, until it can send', () => {
    const because = ['WABA: There is an error with the payment method. Add a payment method.'];
    const { raise } = of('SenderHealthChanged', { senderId, health: 'BLOCKED', because });
    expect(raise).toMatchObject({ severity: 'critical', text: expect.stringContaining('Add a payment method') });
    expect(of('SenderHealthChanged', { senderId, health: 'LIMITED', because: [] }).raise?.severity).toBe('warning');
    expect(of('SenderHealthChanged', { senderId, health: 'AVAILABLE', because: [] }).clear).toEqual([raise?.key]);
  });
});
