import type { Bucket, Measure } from '../campaign/figures';

/**
 * By dispatch's facts: `planned` is not handed over yet, `handed` is, `requested` is known to dispatch, `retrying` waits
 * there for another attempt. `holdout` gets nothing and is in no bucket.
 */
export type RecipientState =
  | 'planned'
  | 'handed'
  | 'requested'
  | 'retrying'
  | 'held'
  | 'unknown'
  | 'accepted'
  | 'failed'
  | 'refused'
  | 'cancelled'
  | 'expired'
  | 'holdout';

/** What is known of one recipient's message, by dispatch's word and by Meta's. */
export interface Standing {
  readonly state: RecipientState;
  readonly code: string | null;
  readonly sent: boolean;
  readonly delivered: boolean;
  readonly read: boolean;
  readonly optedOut: boolean;
  readonly price: number;
  /** Of what is held: when dispatch looks at it again. */
  readonly heldUntil: Date | null;
}

const bucketByState: Readonly<Record<RecipientState, Bucket | undefined>> = {
  planned: 'pending',
  handed: 'pending',
  requested: 'pending',
  retrying: 'pending',
  held: 'held',
  unknown: 'unknown',
  accepted: 'sent',
  failed: 'failed',
  refused: 'refused',
  cancelled: 'cancelled',
  expired: 'expired',
  holdout: undefined,
};

/** Who was reached was sent to, whatever else was said: Meta's `failed` beside `delivered` is another device's. */
export function bucketOf({ state, sent, delivered, read }: Standing): Bucket | undefined {
  const settled = delivered || read || (sent && !['failed', 'requested', 'retrying'].includes(state));
  return settled ? 'sent' : bucketByState[state];
}

/** What one recipient adds to each figure. */
export function countsOf(standing: Standing): Partial<Record<Measure, number>> {
  const bucket = bucketOf(standing);
  if (bucket === undefined) return { holdout: 1 };
  return {
    [bucket]: 1,
    ...(standing.delivered || standing.read ? { delivered: 1 } : {}),
    ...(standing.read ? { read: 1 } : {}),
    ...(standing.optedOut ? { optedOut: 1 } : {}),
    ...(bucket === 'sent' && standing.price > 0 ? { spent: standing.price } : {}),
  };
}

interface Heard {
  readonly type: string;
  readonly data: unknown;
}

/** What a fact of dispatch about the recipient's message changes. */
export function follow(standing: Standing, { type, data }: Heard): Standing {
  const to = (state: RecipientState, code: string | null = null, heldUntil: Date | null = null): Standing => ({
    ...standing,
    ...{ state, code, heldUntil },
  });
  const { code, until, error, outcome } = data as {
    code?: string;
    until?: string;
    error?: { code: string };
    outcome?: string;
  };
  switch (type) {
    case 'MessageRequested':
    case 'MessageReleased':
    case 'SendAttempted':
      return to('requested');
    case 'AttemptNotSent':
    case 'AttemptFailed':
      return to('retrying', error?.code ?? null);
    case 'MessageHeld':
      return to('held', code ?? null, new Date(until!));
    case 'MessageRefused':
      return to('refused', code ?? null);
    case 'MessageAccepted':
      return to('accepted');
    case 'OutcomeUnknown':
      return to('unknown');
    case 'OutcomeResolved':
      if (outcome === 'accepted') return to('accepted');
      return outcome === 'resend' || outcome === 'failed' ? to('requested') : standing;
    case 'MessageFailed':
      return to('failed', error?.code ?? null);
    case 'MessageCancelled':
      return to('cancelled');
    case 'MessageExpired':
      return to('expired');
    default:
      return standing;
  }
}

/** What a status of Meta's adds; any order, any repetition. */
export function reached(status: string): { sent: boolean; delivered: boolean; read: boolean } {
  const read = status === 'read' || status === 'played';
  const delivered = read || status === 'delivered';
  return { sent: delivered || status === 'sent', delivered, read };
}
