import type { PublicBody } from './public-body';

const exclusive = ['pending', 'held', 'unknown', 'sent', 'failed', 'refused', 'cancelled', 'expired'] as const;
const counters = ['targeted', ...exclusive, 'delivered', 'read'] as const;

/** One row of the delivery report: how many messages stand where. */
export type Buckets = Readonly<Record<(typeof counters)[number], number>>;

export function bucketsOf({ data }: PublicBody): Buckets {
  const [row = {}] = data as unknown as readonly Partial<Buckets>[];
  return Object.fromEntries(counters.map((name) => [name, row[name] ?? 0])) as Buckets;
}

/** Each message is in exactly one of these. */
export const sumOf = (buckets: Buckets): number => exclusive.reduce((sum, name) => sum + buckets[name], 0);

/** The counters that a message in this state is in. */
export function bucketOfState(state: string): readonly (keyof Buckets)[] {
  if (state === 'requested' || state === 'sending' || state === 'retrying') return ['pending'];
  if (state === 'accepted' || state === 'sent') return ['sent'];
  if (state === 'delivered') return ['sent', 'delivered'];
  return state === 'read' ? ['sent', 'delivered', 'read'] : [state as keyof Buckets];
}
