import { z } from 'zod';

export const Country = z.string().regex(/^[A-Z]{2}$/, 'a country by its two capital letters (ISO 3166)');

/**
 * Meta's pause of marketing to United States numbers, in force since 2025-04-01 with no end announced.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates (United States, 131049)
 */
export const unitedStatesPause = {
  country: 'US',
  from: '2025-04-01',
  because: 'Meta does not deliver marketing templates to United States numbers',
};

const PausedOrAllowed = z.enum(['paused', 'allowed']).default('paused');

const Pause = z.strictObject({
  country: Country,
  /** The first day, in UTC. */
  from: z.iso.date(),
  /** The first day on which it is over. */
  until: z.iso.date().optional(),
  because: z.string().max(500),
});
export type MarketingPause = z.infer<typeof Pause>;

/** Where the workspace sends at all, and where not marketing. */
export const CountriesPolicy = z.strictObject({
  /**
   * Not served at all. Left out: the countries that Meta excludes. Crimea, Donetsk and Luhansk, excluded too, cannot be
   * told by a number. https://developers.facebook.com/docs/whatsapp/cloud-api/support (sanctions)
   */
  notServed: z.array(Country).max(250).default(['CU', 'IR', 'KP', 'SY']),
  /** Left out: the pause in the United States. An empty list lifts it. */
  marketingPaused: z.array(Pause).max(250).default([unitedStatesPause]),
  /**
   * +1 numbers that are neither plainly in the United States nor plainly outside: toll-free and other numbers without a
   * place, the territories (PR, VI, GU, AS, MP), and area codes that nobody is known to have. They go with the United
   * States' pause unless this says otherwise; Meta does not say what it does with them.
   */
  northAmerica: z
    .strictObject({ tollFree: PausedOrAllowed, territories: PausedOrAllowed, unknown: PausedOrAllowed })
    .default({ tollFree: 'paused', territories: 'paused', unknown: 'paused' }),
});
export type CountriesPolicy = z.infer<typeof CountriesPolicy>;

/** Territories of the United States with area codes under +1. */
export const unitedStatesTerritories: ReadonlySet<string> = new Set(['PR', 'VI', 'GU', 'AS', 'MP']);
