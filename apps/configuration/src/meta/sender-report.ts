import type { EventOf, SenderChangeReported } from '@postrider/event-contracts';
import type { SenderReport } from '../sender/sender.decider';
import { messagingLimit, throughputPerSecond } from './limits';

/** What a webhook about a number, or about what all numbers may do, says in our words. */
export interface SenderNews {
  readonly sender?: SenderReport;
  readonly limit?: { readonly tier: string; readonly limit: number | null };
  /** What the webhook leaves unsaid is to be looked up at Meta. */
  readonly lookAgain?: true;
}

/** Reads Meta's `value`; fields and events that change nothing of ours give no news. */
export function readSenderChange({ field, change }: EventOf<typeof SenderChangeReported>['data']): SenderNews {
  switch (field) {
    case 'phone_number_quality_update':
      return readQualityUpdate(change);
    case 'phone_number_name_update':
      return change.decision === 'APPROVED' ? { sender: { verifiedName: text(change.requested_verified_name) } } : {};
    case 'business_capability_update':
      return { limit: limitOf(change.max_daily_conversations_per_business) };
    default:
      return {};
  }
}

function readQualityUpdate(change: Record<string, unknown>): SenderNews {
  const limit = limitOf(change.max_daily_conversations_per_business ?? change.current_limit);
  switch (change.event) {
    case 'THROUGHPUT_UPGRADE':
      return { sender: { throughputPerSecond: throughputPerSecond('HIGH') }, limit };
    // Until Meta calls the number flagged no longer, its quality is the worst there is.
    case 'FLAGGED':
      return { sender: { status: 'FLAGGED', quality: 'RED' }, limit };
    case 'UNFLAGGED':
      // How well the number is liked by now it does not say.
      return { sender: { status: 'CONNECTED' }, limit, lookAgain: true };
    default:
      return { limit };
  }
}

function limitOf(value: unknown): SenderNews['limit'] {
  return typeof value === 'string' || typeof value === 'number' ? messagingLimit(value) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
