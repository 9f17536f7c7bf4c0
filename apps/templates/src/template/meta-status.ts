import type { TemplateLife } from './template.decider';

const states: Readonly<Record<string, TemplateLife>> = {
  APPROVED: 'approved',
  REINSTATED: 'approved',
  UNARCHIVED: 'approved',
  PENDING: 'submitted',
  REJECTED: 'rejected',
  PAUSED: 'paused',
  // Neither can be sent until somebody acts at Meta, and neither is lost.
  ARCHIVED: 'paused',
  LIMIT_EXCEEDED: 'paused',
  DISABLED: 'disabled',
  PENDING_DELETION: 'deleted',
  DELETED: 'deleted',
};

/**
 * The state that Meta's status, or the event of its webhook, puts a template in. Undefined for what changes nothing of
 * whether it can be sent: IN_APPEAL, FLAGGED, LOCKED, and words not known yet.
 */
export function stateOfStatus(status: string): TemplateLife | undefined {
  return states[status];
}

const hour = 3_600_000;
const pauses: Readonly<Record<string, number>> = { FIRST_PAUSE: 3 * hour, SECOND_PAUSE: 6 * hour };

/** When a pause for bad feedback ends by itself (3 hours, then 6); undefined for one that must be lifted. */
export function pauseEnd(title: string | undefined, from: Date): string | undefined {
  const length = title === undefined ? undefined : pauses[title];
  return length === undefined ? undefined : new Date(from.getTime() + length).toISOString();
}
