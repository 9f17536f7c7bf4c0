import type { Pool } from 'pg';
import { readFigures } from '../run-campaigns/recipients-at-work.sql';
import { figuresOf, type Figures, type Measure } from './figures';

/** The figures of one occurrence: of all, and of each variant. */
export async function figuresIn(
  pool: Pool,
  campaignId: string,
  occurrence: number,
): Promise<{ all: Figures; variants: ReadonlyMap<string, Figures> }> {
  const { rows } = await pool.query<{ variant: string; measure: Measure; amount: number }>(readFigures, [
    campaignId,
    occurrence,
  ]);
  const all: Partial<Record<Measure, number>> = {};
  const byVariant = new Map<string, Partial<Record<Measure, number>>>();
  for (const { variant, measure, amount } of rows) {
    all[measure] = (all[measure] ?? 0) + amount;
    byVariant.set(variant, { ...byVariant.get(variant), [measure]: amount });
  }
  const variants = [...byVariant].map(([name, amounts]) => [name, figuresOf(amounts)] as const);
  return { all: figuresOf(all), variants: new Map(variants) };
}
