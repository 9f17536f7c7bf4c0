import {
  AccountRestored,
  AccountRestricted,
  CredentialsExpiring,
  CredentialsRejected,
  CredentialsVerified,
  SenderHealthChanged,
  SenderQualityChanged,
  SenderStatusChanged,
  type EventDefinition,
  type EventOf,
} from '@postrider/event-contracts';
import type { Alarm, Attention } from '@postrider/service-host';
import { expiryNoticeMs } from '../business-account/business-account.decider';

export const attentionEvents: readonly EventDefinition[] = [
  CredentialsRejected,
  CredentialsExpiring,
  CredentialsVerified,
  AccountRestricted,
  AccountRestored,
  SenderStatusChanged,
  SenderQualityChanged,
  SenderHealthChanged,
];
export type AttentionEvent = EventOf<
  | typeof CredentialsRejected
  | typeof CredentialsExpiring
  | typeof CredentialsVerified
  | typeof AccountRestricted
  | typeof AccountRestored
  | typeof SenderStatusChanged
  | typeof SenderQualityChanged
  | typeof SenderHealthChanged
> & { readonly at: Date };

/** Which of our own facts need an operator, and which say that it is over. */
export function attentionFor(event: AttentionEvent): Attention {
  switch (event.type) {
    case 'CredentialsRejected': {
      const { accountId, checks } = event.data;
      const what = checks.filter((check) => !check.ok).map(({ detail }) => detail);
      const text = `Nothing can be sent: ${what.join(' ')}`;
      return { raise: account('token-rejected', accountId, 'critical', text) };
    }
    case 'CredentialsExpiring': {
      const { accountId, expiresAt } = event.data;
      const text = `The token ends on ${expiresAt.slice(0, 10)}: rotate the credentials before.`;
      return { raise: account('token-expiring', accountId, 'warning', text) };
    }
    case 'CredentialsVerified': {
      const { accountId, tokenExpiresAt } = event.data;
      const far = tokenExpiresAt === null || Date.parse(tokenExpiresAt) - event.at.getTime() > expiryNoticeMs;
      return { clear: [`token-rejected:${accountId}`, ...(far ? [`token-expiring:${accountId}`] : [])] };
    }
    case 'AccountRestricted': {
      const { accountId, restriction, until } = event.data;
      const end = until === undefined ? '' : ` until ${until}`;
      const text = `Meta restricts the account${end} (${restriction}): see Business Support Home.`;
      return { raise: account('account-restricted', accountId, 'critical', text) };
    }
    case 'AccountRestored':
      return { clear: [`account-restricted:${event.data.accountId}`] };
    case 'SenderStatusChanged': {
      const { senderId, status } = event.data;
      if (status === 'CONNECTED') return { clear: [`sender-status:${senderId}`] };
      const text = `Meta's state of the number is ${status}; only CONNECTED may send.`;
      return { raise: sender('sender-status', senderId, 'critical', text) };
    }
    case 'SenderQualityChanged': {
      const { senderId, quality } = event.data;
      if (quality !== 'RED') return { clear: [`sender-quality:${senderId}`] };
      return { raise: sender('sender-quality', senderId, 'warning', 'People block or report the number: send less.') };
    }
    case 'SenderHealthChanged': {
      const { senderId, health, because } = event.data;
      if (health === 'AVAILABLE') return { clear: [`sender-health:${senderId}`] };
      const severity = health === 'BLOCKED' ? 'critical' : 'warning';
      const text = `Meta says the number is ${health.toLowerCase()}${because.length > 0 ? `: ${because.join(' ')}` : ''}`;
      return { raise: sender('sender-health', senderId, severity, text) };
    }
  }
}

const account = (kind: string, accountId: string, severity: Alarm['severity'], text: string): Alarm => ({
  key: `${kind}:${accountId}`,
  kind,
  severity,
  text,
  subject: { accountId },
});
const sender = (kind: string, senderId: string, severity: Alarm['severity'], text: string): Alarm => ({
  key: `${kind}:${senderId}`,
  kind,
  severity,
  text,
  subject: { senderId },
});
