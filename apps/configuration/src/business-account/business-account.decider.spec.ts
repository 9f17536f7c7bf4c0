import { fold, isRefusal } from '@postrider/decider';
import type { DomainEvent } from '@postrider/decider';
import {
  announceExpiry,
  businessAccount,
  confirmReadiness,
  connectAccount,
  readyForMarketing,
  rejectCredentials,
  restoreAccount,
  restrictAccount,
  rotateCredentials,
  verifyCredentials,
  type BusinessAccountEvent,
  type BusinessAccountState,
  type TokenVerdict,
} from './business-account.decider';
import { readinessItems } from './readiness';

const accountId = '0198b7a0-0000-7000-8000-000000000001';
const now = new Date('2026-01-15T12:00:00Z');
const verdict = (given: Partial<TokenVerdict> = {}): TokenVerdict => ({
  credentialsVersion: 1,
  good: true,
  scopes: ['whatsapp_business_messaging'],
  expiresAt: null,
  checks: [],
  ...given,
});
const command = {
  accountId,
  name: 'demo',
  wabaId: '2000',
  portfolioId: '1500',
  appId: '1000',
  graphUrl: 'http://127.0.0.1:3010',
  credentialsVersion: 1,
  callbackUrl: 'http://127.0.0.1:3000/webhooks/meta',
  checks: [],
  verdict: verdict(),
};

type Decide = (state: BusinessAccountState) => ReturnType<typeof connectAccount>;
const given = (...decisions: Decide[]) => {
  let state: BusinessAccountState = businessAccount.initial;
  for (const decide of decisions) {
    const outcome = decide(state);
    if (isRefusal(outcome)) throw new Error(outcome.because);
    state = fold(businessAccount, outcome as readonly BusinessAccountEvent[], state);
  }
  return { state, when: (decide: Decide) => decide(state) };
};
const types = (outcome: unknown): string[] => (outcome as readonly DomainEvent[]).map(({ type }) => type);
const connected: Decide = (state) => connectAccount(command, state);

describe('a business account', () => {
  it('is connected once', () => {
    expect(types(given().when(connected))).toEqual([
      'BusinessAccountConnected',
      'CredentialsVerified',
      'WebhookSubscribed',
    ]);
    expect(given(connected).when(connected)).toMatchObject({ refused: 'conflict' });
  });

  it('is told once that its token was refused, and again that it is good', () => {
    const refused: Decide = (state) => rejectCredentials({ because: 'Meta answered 190' }, state);
    expect(types(given(connected).when(refused))).toEqual(['CredentialsRejected']);
    expect(given(connected, refused).when(refused)).toEqual([]);
    const good: Decide = (state) => verifyCredentials({ verdict: verdict(), asked: false }, state);
    expect(types(given(connected, refused).when(good))).toEqual(['CredentialsVerified']);
  });

  it('says nothing of a look that found all as before, unless somebody asked', () => {
    const look =
      (asked: boolean): Decide =>
      (state) =>
        verifyCredentials({ verdict: verdict(), asked }, state);
    expect(given(connected).when(look(false))).toEqual([]);
    expect(types(given(connected).when(look(true)))).toEqual(['CredentialsVerified']);
  });

  it('pays no heed to a look with credentials that were rotated meanwhile', () => {
    const rotated: Decide = (state) => rotateCredentials({ verdict: verdict({ credentialsVersion: 2 }) }, state);
    const late: Decide = (state) => verifyCredentials({ verdict: verdict({ good: false }), asked: false }, state);
    expect(types(given(connected).when(rotated))).toEqual(['CredentialsRotated', 'CredentialsVerified']);
    expect(given(connected, rotated).when(late)).toEqual([]);
    expect(given(connected, rotated).when(rotated)).toMatchObject({ refused: 'conflict' });
  });

  it("announces a token's end once, 14 days before", () => {
    const until =
      (expiresAt: string): Decide =>
      (state) =>
        verifyCredentials({ verdict: verdict({ expiresAt }), asked: false }, state);
    const announce: Decide = (state) => announceExpiry({ now }, state);
    const soon = until('2026-01-29T11:00:00.000Z');
    expect(given(connected, until('2026-01-29T13:00:00.000Z')).when(announce)).toEqual([]);
    expect(types(given(connected, soon).when(announce))).toEqual(['CredentialsExpiring']);
    expect(given(connected, soon, announce).when(announce)).toEqual([]);
  });

  it('is restricted and restored once each', () => {
    const restrict: Decide = (state) => restrictAccount({ restriction: 'DISABLED' }, state);
    const restore: Decide = (state) => restoreAccount({}, state);
    expect(given(connected).when(restore)).toEqual([]);
    expect(given(connected, restrict).when(restrict)).toEqual([]);
    expect(types(given(connected, restrict).when(restore))).toEqual(['AccountRestored']);
  });
});

describe('the readiness of a business account', () => {
  const claim =
    (confirmed: Record<string, { confirmed: boolean; note?: string }>): Decide =>
    (state) =>
      confirmReadiness({ confirmed, by: 'key:installation', now }, state);
  const all = Object.fromEntries(readinessItems.map((item) => [item, { confirmed: true }]));

  it('is complete when every item was confirmed, with who and when', () => {
    const { state } = given(connected, claim(all));
    expect(readyForMarketing(state)).toBe(true);
    expect(state?.readiness['opt-in-collected']).toEqual({ by: 'key:installation', at: now.toISOString() });
  });

  it('is incomplete again when an item is withdrawn', () => {
    const withdrawn = claim({ 'opt-in-collected': { confirmed: false } });
    expect(readyForMarketing(given(connected, claim(all), withdrawn).state)).toBe(false);
  });

  it('changes nothing when the same is confirmed again', () => {
    expect(given(connected, claim(all)).when(claim(all))).toEqual([]);
  });

  it('knows no other items', () => {
    expect(given(connected).when(claim({ 'sun-shines': { confirmed: true } }))).toMatchObject({
      refused: 'malformed',
    });
  });
});
