import type { AccountChangeReported, EventOf } from '@postrider/event-contracts';

/** What a webhook about an account says in our words. */
export interface AccountNews {
  readonly restricted?: { readonly restriction: string; readonly until?: string };
  readonly restored?: true;
  /** Something an operator should know, beside the restriction itself. */
  readonly warning?: string;
}

/** Reads Meta's `value`; events that change nothing of ours give no news. */
export function readAccountChange({ field, change }: EventOf<typeof AccountChangeReported>['data']): AccountNews {
  if (field === 'account_review_update') return readReview(change.decision);
  if (field !== 'account_update') return {};
  switch (change.event) {
    case 'ACCOUNT_RESTRICTION':
      return readRestrictions(change.restriction_info);
    case 'DISABLED_UPDATE':
      return readBan(record(change.ban_info));
    case 'ACCOUNT_DELETED':
      return { restricted: { restriction: 'ACCOUNT_DELETED' } };
    case 'ACCOUNT_OFFBOARDED':
      return { restricted: { restriction: 'ACCOUNT_OFFBOARDED' } };
    case 'ACCOUNT_RECONNECTED':
      return { restored: true };
    case 'ACCOUNT_VIOLATION':
      return { warning: `Meta reports a policy violation: ${String(record(change.violation_info).violation_type)}.` };
    default:
      return {};
  }
}

/** Several restrictions are one: all their names, and the end of the longest, open where one has no end. */
function readRestrictions(info: unknown): AccountNews {
  const restrictions = Array.isArray(info) ? info.map(record) : [];
  if (restrictions.length === 0) return { restored: true };
  const ends = restrictions.map(({ expiration }) => secondsOf(expiration));
  const end = ends.includes(undefined) ? undefined : Math.max(...(ends as number[]));
  return {
    restricted: {
      restriction: restrictions.map((one) => String(one.restriction_type)).join(', '),
      until: end === undefined ? undefined : new Date(end * 1000).toISOString(),
    },
  };
}

function readBan(ban: Record<string, unknown>): AccountNews {
  // One state, which Meta has also sent as a list of one.
  const [state] = [ban.waba_ban_state].flat();
  switch (state) {
    case 'DISABLE':
      return { restricted: { restriction: 'DISABLED' } };
    case 'REINSTATE':
      return { restored: true };
    case 'SCHEDULE_FOR_DISABLE':
      return { warning: `Meta will disable the account on ${String(ban.waba_ban_date)}: appeal in Business Support.` };
    default:
      return {};
  }
}

function readReview(decision: unknown): AccountNews {
  if (decision === 'REJECTED') return { restricted: { restriction: 'ACCOUNT_REVIEW_REJECTED' } };
  return decision === 'APPROVED' ? { restored: true } : {};
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function secondsOf(value: unknown): number | undefined {
  const seconds = Number(value);
  return value !== undefined && value !== null && Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}
