import { fold, isRefusal } from '@postrider/decider';
import { scopes } from '@postrider/event-contracts';
import { apiKey, createApiKey, revokeApiKey, rotateApiKey, type ApiKeyState } from './api-key.decider';

const now = new Date('2026-01-15T12:00:00Z');
const keyId = '0198b7a0-0000-7000-8000-000000000001';
const asked = { held: scopes, secretHash: 'a'.repeat(64), now };
const creation = { ...asked, keyId, name: 'shop', scopes: ['send', 'read'] as const };

const created = (changed: Partial<Parameters<typeof createApiKey>[0]> = {}): ApiKeyState => {
  const events = createApiKey({ ...creation, ...changed }, undefined);
  if (isRefusal(events)) throw new Error(events.because);
  return fold(apiKey, events);
};

describe('an API key', () => {
  it('is made with the scopes that were asked for', () => {
    expect(created()).toMatchObject({ keyId, name: 'shop', scopes: ['send', 'read'], revoked: false });
  });

  it('gives no scope that its maker lacks, neither new nor by rotation', () => {
    const held = ['configure', 'read'] as const;
    expect(createApiKey({ ...creation, held }, undefined)).toMatchObject({ refused: 'forbidden' });
    expect(rotateApiKey({ ...asked, held, previousUntil: now }, created())).toMatchObject({
      refused: 'forbidden',
      because: expect.stringMatching(/lacks send$/),
    });
  });

  it('does not begin after its end', () => {
    expect(createApiKey({ ...creation, expiresAt: now.toISOString() }, undefined)).toMatchObject({
      refused: 'malformed',
    });
  });

  it('that was made and reached nobody gets another secret under the same id', () => {
    expect(createApiKey({ ...creation, secretHash: 'b'.repeat(64) }, created())).toMatchObject([
      { type: 'ApiKeyRotated', data: { keyId, previousUntil: now.toISOString() } },
    ]);
  });

  it('is revoked once, and not rotated afterwards nor after its end', () => {
    const state = fold(apiKey, revokeApiKey({}, created()) as never, created());
    expect(revokeApiKey({}, state)).toEqual([]);
    expect(rotateApiKey({ ...asked, previousUntil: now }, state)).toMatchObject({ refused: 'conflict' });
    const ended = created({ expiresAt: '2026-01-15T12:00:01Z' });
    const later = new Date('2026-01-15T12:00:01Z');
    expect(rotateApiKey({ ...asked, now: later, previousUntil: later }, ended)).toMatchObject({ refused: 'conflict' });
  });
});
