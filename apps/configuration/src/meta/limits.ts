const throughputs: Readonly<Record<string, number>> = { STANDARD: 80, HIGH: 1000 };
/** A number shared with the WhatsApp Business app (coexistence). */
const coexistenceThroughput = 20;

/** Messages a second, in and out, of a number's `throughput.level`. A level that is not known counts as the lowest. */
export function throughputPerSecond(level: string | undefined): number {
  if (level === undefined) return throughputs.STANDARD ?? coexistenceThroughput;
  return throughputs[level] ?? coexistenceThroughput;
}

/**
 * Unique people in 24 hours of a portfolio's tier, null where there is no limit: `TIER_250`, `TIER_2K`, `TIER_UNLIMITED`,
 * or a plain number as `business_capability_update` has it (-1 for none). Undefined where it cannot be read.
 */
export function messagingLimit(tier: string | number | undefined): { tier: string; limit: number | null } | undefined {
  if (tier === undefined) return undefined;
  if (typeof tier === 'number') return tier < 0 ? unlimited : { tier: tierOf(tier), limit: tier };
  if (/UNLIMITED$/.test(tier)) return unlimited;
  const [, count, thousands] = /^(?:TIER_)?(\d+)(K?)$/.exec(tier) ?? [];
  if (count === undefined) return undefined;
  const limit = Number(count) * (thousands ? 1000 : 1);
  return { tier: tierOf(limit), limit };
}

const unlimited = { tier: 'TIER_UNLIMITED', limit: null };
const tierOf = (limit: number): string =>
  limit >= 1000 && limit % 1000 === 0 ? `TIER_${limit / 1000}K` : `TIER_${limit}`;
