import { readAccountChange } from './account-report';
import { readSenderChange } from './sender-report';

const ids = {
  accountId: '0198b7a0-0000-7000-8000-000000000001',
  wabaId: '2000',
  reportedAt: '2026-01-15T12:00:00.000Z',
};
const sender = (field: string, change: Record<string, unknown>) => readSenderChange({ ...ids, field, change });
const account = (change: Record<string, unknown>, field = 'account_update') =>
  readAccountChange({ ...ids, field, change });

describe('a webhook about a number', () => {
  it('raises the throughput when Meta upgraded it', () => {
    const change = { event: 'THROUGHPUT_UPGRADE', max_daily_conversations_per_business: 'TIER_UNLIMITED' };
    expect(sender('phone_number_quality_update', change)).toEqual({
      sender: { throughputPerSecond: 1000 },
      limit: { tier: 'TIER_UNLIMITED', limit: null },
    });
  });

  it('marks a flagged number', () => {
    expect(sender('phone_number_quality_update', { event: 'FLAGGED' }).sender).toEqual({
      status: 'FLAGGED',
      quality: 'RED',
    });
  });

  it('has a number that is flagged no longer looked up, as Meta does not say how well it is liked now', () => {
    expect(sender('phone_number_quality_update', { event: 'UNFLAGGED' })).toEqual({
      sender: { status: 'CONNECTED' },
      lookAgain: true,
    });
  });

  it('takes a new name only once it is approved', () => {
    const change = { decision: 'APPROVED', requested_verified_name: 'Jasper' };
    expect(sender('phone_number_name_update', change).sender).toEqual({ verifiedName: 'Jasper' });
    expect(sender('phone_number_name_update', { ...change, decision: 'DEFERRED' })).toEqual({});
  });

  it.each([['TIER_2K'], [2000]])('reads the limit as %p', (limit) => {
    const news = sender('business_capability_update', { max_daily_conversations_per_business: limit });
    expect(news.limit).toEqual({ tier: 'TIER_2K', limit: 2000 });
  });

  it('gives no news where nothing of ours changed', () => {
    expect(sender('security', { event: 'PIN_CHANGED' })).toEqual({});
  });
});

describe('a webhook about an account', () => {
  it('joins restrictions and keeps the longest end', () => {
    const restriction_info = [
      { restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: 1768521600 },
      { restriction_type: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION', expiration: '1768608000' },
    ];
    expect(account({ event: 'ACCOUNT_RESTRICTION', restriction_info }).restricted).toEqual({
      restriction: 'RESTRICTED_BIZ_INITIATED_MESSAGING, RESTRICTED_ADD_PHONE_NUMBER_ACTION',
      until: '2026-01-17T00:00:00.000Z',
    });
  });

  it('is open-ended where one restriction has no end', () => {
    const restriction_info = [{ restriction_type: 'A', expiration: 1768521600 }, { restriction_type: 'B' }];
    expect(account({ event: 'ACCOUNT_RESTRICTION', restriction_info }).restricted).toEqual({ restriction: 'A, B' });
  });

  it('disables and reinstates', () => {
    const banned = { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'DISABLE' } };
    expect(account(banned).restricted).toEqual({ restriction: 'DISABLED' });
    expect(account({ ...banned, ban_info: { waba_ban_state: 'REINSTATE' } })).toEqual({ restored: true });
  });

  it('warns of a violation and of a disabling to come', () => {
    expect(account({ event: 'ACCOUNT_VIOLATION', violation_info: { violation_type: 'ADULT' } }).warning).toContain(
      'ADULT',
    );
    const soon = {
      event: 'DISABLED_UPDATE',
      ban_info: { waba_ban_state: 'SCHEDULE_FOR_DISABLE', waba_ban_date: 'Monday' },
    };
    expect(account(soon).warning).toContain('Monday');
  });

  it('restricts on a rejected review', () => {
    expect(account({ decision: 'REJECTED' }, 'account_review_update').restricted).toBeDefined();
    expect(account({ decision: 'PENDING' }, 'account_review_update')).toEqual({});
  });
});
