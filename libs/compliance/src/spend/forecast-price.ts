import type { TemplateCategory } from '@postrider/event-contracts';
import type { PriceCategory, Rate, SpendPolicy } from '../policies/spend';

/** From this instant Meta bills free-form messages and utility templates inside the window too. */
const serviceIsBilledFrom = Date.parse('2026-10-01T00:00:00.000Z');

/**
 * The category that Meta bills a message under, or `free`. Per delivered message since 2025-07-01; until 2026-09-30
 * free-form messages are free, and utility templates inside an open window are. What follows a free entry point is free
 * whatever it is. Free allowances are left out: a forecast may be too high, not too low. https://developers.facebook.com/docs/whatsapp/pricing
 */
export function billedCategory(message: {
  /** Of a template; without it the message is free-form. */
  readonly category?: TemplateCategory;
  readonly insideWindow: boolean;
  /** Whether the person came by an advertisement or a page's button, and that still makes messages free. */
  readonly freeEntry?: boolean;
  readonly at: Date;
}): PriceCategory | 'free' {
  const { category, insideWindow, freeEntry = false, at } = message;
  if (freeEntry) return 'free';
  const isOldPricing = at.getTime() < serviceIsBilledFrom;
  if (category === undefined) return isOldPricing ? 'free' : 'service';
  if (category === 'UTILITY') return insideWindow && isOldPricing ? 'free' : 'utility';
  return category === 'MARKETING' ? 'marketing' : 'authentication';
}

/** Prices are added up as whole millionths, so that no sum drifts. */
export const microsOf = (price: number): number => Math.round(price * 1_000_000);

interface Card {
  /** Latest first, by country and category. */
  readonly rates: ReadonlyMap<string, readonly Rate[]>;
}
const cards = new WeakMap<SpendPolicy, Card>();

/**
 * What one delivered message costs by the rate card, in millionths of its currency; undefined where the card does not
 * say. A rate of the country goes before one for everywhere; service messages without a rate cost what utility does, and
 * authentication-international what authentication does.
 */
export function forecastMicros(
  policy: SpendPolicy,
  message: { readonly category: PriceCategory | 'free'; readonly country?: string; readonly at: Date },
): number | undefined {
  const { category, country, at } = message;
  if (category === 'free') return 0;
  const { rates } = card(policy);
  for (const priced of [category, ...(standsIn[category] ?? [])]) {
    for (const place of country === undefined ? [''] : [country, '']) {
      const rate = rates
        .get(`${place} ${priced}`)
        ?.find(({ from }) => from === undefined || Date.parse(from) <= at.getTime());
      if (rate !== undefined) return microsOf(rate.price);
    }
  }
  return undefined;
}

const standsIn: Partial<Record<PriceCategory, readonly PriceCategory[]>> = {
  service: ['utility'],
  'authentication-international': ['authentication'],
};

function card(policy: SpendPolicy): Card {
  let known = cards.get(policy);
  if (known === undefined) {
    const rates = new Map<string, Rate[]>();
    const latestFirst = [...policy.rates].sort((a, b) => (b.from ?? '').localeCompare(a.from ?? ''));
    for (const rate of latestFirst) {
      const key = `${rate.country ?? ''} ${rate.category}`;
      rates.set(key, [...(rates.get(key) ?? []), rate]);
    }
    known = { rates };
    cards.set(policy, known);
  }
  return known;
}
