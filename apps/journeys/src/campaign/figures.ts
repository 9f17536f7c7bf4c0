/** Each person of the list but the holdout is in exactly one (DESIGN §10), `pending` before they are planned; `sent` ⊇ `delivered` ⊇ `read`. */
export const buckets = ['pending', 'held', 'unknown', 'sent', 'failed', 'refused', 'cancelled', 'expired'] as const;
export type Bucket = (typeof buckets)[number];

export const measures = [...buckets, 'delivered', 'read', 'optedOut', 'holdout', 'spent'] as const;
export type Measure = (typeof measures)[number];

export type Figures = Readonly<Record<Measure | 'targeted', number>>;

/** All measures, what is not there being 0; `targeted` is the sum of the buckets. */
export function figuresOf(amounts: Readonly<Partial<Record<Measure, number>>>): Figures {
  const all = Object.fromEntries(measures.map((name) => [name, amounts[name] ?? 0])) as Record<Measure, number>;
  return { targeted: buckets.reduce((sum, bucket) => sum + all[bucket], 0), ...all };
}

/** What may still change by itself: nothing is finished while this is above zero. */
export const openOf = ({ pending, held, unknown }: Figures): number => pending + held + unknown;

/**
 * The Wilson score interval of a share, 95 %: honest also for few people and for shares near 0 and 1.
 * https://www.itl.nist.gov/div898/handbook/prc/section2/prc241.htm
 */
export function shareOf(part: number, whole: number): { share: number; low: number; high: number } | null {
  if (whole <= 0) return null;
  const z = 1.959964;
  const p = part / whole;
  const middle = p + z ** 2 / (2 * whole);
  const margin = z * Math.sqrt((p * (1 - p)) / whole + z ** 2 / (4 * whole ** 2));
  const scale = 1 + z ** 2 / whole;
  return { share: p, low: Math.max(0, (middle - margin) / scale), high: Math.min(1, (middle + margin) / scale) };
}
