/** The portfolio's limit as a tier. */
export function tierOf(limit: number): string {
  if (limit === 0) return 'TIER_UNLIMITED';
  return limit >= 1_000 ? `TIER_${Math.round(limit / 1_000)}K` : `TIER_${limit}`;
}
