import {
  AccountRestored,
  AccountRestricted,
  BusinessAccountConnected,
  CredentialsRejected,
  CredentialsVerified,
  MessagingLimitChanged,
  SenderDiscovered,
  SenderHealthChanged,
  SenderPaused,
  SenderQualityChanged,
  SenderRenamed,
  SenderResumed,
  SenderStatusChanged,
  SenderThroughputChanged,
  SendingPaused,
  SendingResumed,
  type RecordedEvent,
} from '@postrider/event-contracts';
import type { Fold } from '@postrider/messaging';
import { derivedId } from '@postrider/keys';
import { isA } from '../is-a';
import { observe, type Observed, type Shown } from '../observed/observe';

/** What an event tells of a number, its account, its portfolio, or of what sending is paused for. */
export function observedOfSenders(event: RecordedEvent): Observed | undefined {
  const at = event.at.toISOString();
  const sets = (kind: string, id: string, members: Shown): Observed => ({
    kind,
    id,
    apply: (state) => ({ ...state, ...members }),
  });
  if (isA(SenderDiscovered, event)) return sets('sender', event.data.senderId, event.data);
  if (isA(SenderRenamed, event)) return sets('sender', event.data.senderId, { verifiedName: event.data.verifiedName });
  if (isA(SenderStatusChanged, event)) return sets('sender', event.data.senderId, { status: event.data.status });
  if (isA(SenderQualityChanged, event))
    return sets('sender', event.data.senderId, { quality: event.data.quality, qualityAt: at });
  if (isA(SenderThroughputChanged, event))
    return sets('sender', event.data.senderId, { throughputPerSecond: event.data.throughputPerSecond });
  if (isA(SenderHealthChanged, event)) {
    const { senderId, health, because } = event.data;
    return sets('sender', senderId, { health, healthBecause: because });
  }
  if (isA(SenderPaused, event))
    return sets('sender', event.data.senderId, { stopped: { because: event.data.because, at } });
  if (isA(SenderResumed, event)) return sets('sender', event.data.senderId, { stopped: null });
  if (isA(BusinessAccountConnected, event)) return sets('account', event.data.accountId, { name: event.data.name });
  if (isA(CredentialsVerified, event))
    return sets('account', event.data.accountId, { tokenOk: true, tokenExpiresAt: event.data.tokenExpiresAt });
  if (isA(CredentialsRejected, event)) return sets('account', event.data.accountId, { tokenOk: false });
  if (isA(AccountRestricted, event))
    return sets('account', event.data.accountId, {
      restriction: event.data.restriction,
      until: event.data.until ?? null,
    });
  if (isA(AccountRestored, event)) return sets('account', event.data.accountId, { restriction: null, until: null });
  if (isA(MessagingLimitChanged, event)) {
    const { portfolioId, limit, tier } = event.data;
    return sets('portfolio', derivedId.portfolio(event.workspaceId, portfolioId), { portfolioId, limit, tier });
  }
  if (isA(SendingPaused, event)) {
    const { scope, scopeId, error, until } = event.data;
    return sets(`pause ${scope}`, scopeId, {
      paused: { code: error.code, because: error.title, until: until ?? null, at },
    });
  }
  if (isA(SendingResumed, event)) return sets(`pause ${event.data.scope}`, event.data.scopeId, { paused: null });
  return undefined;
}

/** How able each number is to send, and why not. */
export function senderHealth(): Fold {
  return {
    kind: 'fold',
    name: 'projections:sender-health',
    hears: [
      SenderDiscovered,
      SenderRenamed,
      SenderStatusChanged,
      SenderQualityChanged,
      SenderHealthChanged,
      SenderThroughputChanged,
      SenderPaused,
      SenderResumed,
      BusinessAccountConnected,
      CredentialsVerified,
      CredentialsRejected,
      AccountRestricted,
      AccountRestored,
      MessagingLimitChanged,
      SendingPaused,
      SendingResumed,
    ],
    tables: ['sender_health'],
    handle: (events, tx) => observe('sender_health', events, observedOfSenders, tx),
    async reset(tx) {
      await tx.query('delete from sender_health');
    },
  };
}
