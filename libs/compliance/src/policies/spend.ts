import { z } from 'zod';
import { isTimeZone } from '../zones/wall-clock';
import { Country } from './countries';

export const priceCategories = [
  'marketing',
  'utility',
  'authentication',
  'authentication-international',
  'service',
] as const;
export type PriceCategory = (typeof priceCategories)[number];

/** Of one delivered message, in the policy's currency. */
const Rate = z.strictObject({
  /** Without it, wherever no rate of its own is given. */
  country: Country.optional(),
  category: z.enum(priceCategories),
  price: z.number().nonnegative().max(1_000_000),
  /** The first day on which it holds, in UTC; without it, from the beginning. */
  from: z.iso.date().optional(),
});
export type Rate = z.infer<typeof Rate>;

/** What may be spent on messages, and what they cost: a rate card that the workspace keeps. */
export const SpendPolicy = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/, 'a currency by its three capital letters (ISO 4217)'),
  perDay: z.number().nonnegative().optional(),
  perMonth: z.number().nonnegative().optional(),
  /** Whose midnights days and months begin at. */
  timeZone: z.string().max(64).refine(isTimeZone, 'an IANA time zone such as "Europe/Berlin"').default('UTC'),
  rates: z.array(Rate).max(5_000).default([]),
});
export type SpendPolicy = z.infer<typeof SpendPolicy>;
