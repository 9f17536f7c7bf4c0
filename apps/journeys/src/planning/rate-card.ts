import { z } from 'zod';

const RateCard = z.object({
  currency: z.string(),
  rates: z.array(
    z.object({ country: z.string().optional(), category: z.string(), price: z.number(), from: z.string().optional() }),
  ),
});
export type RateCard = z.infer<typeof RateCard>;

/** The rate card that the workspace keeps in its policy `spend`; undefined where it keeps none. */
export function rateCardOf(policy: Record<string, unknown> | undefined): RateCard | undefined {
  const parsed = RateCard.safeParse(policy);
  return parsed.success && parsed.data.rates.length > 0 ? parsed.data : undefined;
}

/** The price of one message today: the country's own, else the one for all; the latest that is in force. */
export function priceOf(
  card: RateCard | undefined,
  country: string | null,
  category: string,
  now: Date,
): number | undefined {
  if (card === undefined) return undefined;
  const today = now.toISOString().slice(0, 10);
  const inForce = card.rates
    .filter((rate) => rate.category === category.toLowerCase() && (rate.from ?? '') <= today)
    .sort((a, b) => (b.from ?? '').localeCompare(a.from ?? ''));
  const found = inForce.find((rate) => rate.country === country) ?? inForce.find((rate) => rate.country === undefined);
  return found?.price;
}
