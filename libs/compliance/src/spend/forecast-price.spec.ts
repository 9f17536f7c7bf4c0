import { SpendPolicy } from '../policies/spend';
import { billedCategory, forecastMicros } from './forecast-price';
import { spendingPeriods } from './spending-periods';

const at = new Date('2026-03-10T12:00:00.000Z');

describe('what Meta bills', () => {
  const later = new Date('2026-10-01T00:00:00.000Z');
  it.each([
    ['a marketing template', { category: 'MARKETING', insideWindow: true, at }, 'marketing'],
    ['a utility template', { category: 'UTILITY', insideWindow: false, at }, 'utility'],
    ['a utility template inside the window', { category: 'UTILITY', insideWindow: true, at }, 'free'],
    ['the same from October 2026 on', { category: 'UTILITY', insideWindow: true, at: later }, 'utility'],
    ['a login code', { category: 'AUTHENTICATION', insideWindow: true, at }, 'authentication'],
    ['free text', { insideWindow: true, at }, 'free'],
    [
      'marketing after a free entry',
      { category: 'MARKETING', insideWindow: false, freeEntry: true, at: later },
      'free',
    ],
    ['free text from October 2026 on', { insideWindow: true, at: later }, 'service'],
  ] as const)('%s', (_, message, category) => {
    expect(billedCategory(message)).toBe(category);
  });
});

describe('the forecast of a price', () => {
  const policy = SpendPolicy.parse({
    currency: 'EUR',
    rates: [
      { category: 'marketing', price: 0.05 },
      { country: 'DE', category: 'marketing', price: 0.1131 },
      { country: 'DE', category: 'marketing', price: 0.12, from: '2026-04-01' },
      { country: 'DE', category: 'utility', price: 0.0456 },
    ],
  });
  const price = (category: Parameters<typeof forecastMicros>[1]['category'], country?: string, when = at) =>
    forecastMicros(policy, { category, at: when, ...(country === undefined ? {} : { country }) });

  it('is that of the country, in whole millionths', () => {
    expect(price('marketing', 'DE')).toBe(113_100);
  });
  it('is the new one from its day on', () => {
    expect(price('marketing', 'DE', new Date('2026-04-01T00:00:00Z'))).toBe(120_000);
  });
  it('is that for everywhere where the country has none', () => {
    expect([price('marketing', 'FR'), price('marketing')]).toEqual([50_000, 50_000]);
  });
  it("is utility's for a service message", () => {
    expect(price('service', 'DE')).toBe(45_600);
  });
  it('is nothing for what is free, and not known where the card does not say', () => {
    expect([price('free', 'DE'), price('authentication', 'DE')]).toEqual([0, undefined]);
  });
});

describe('the day and month that a price counts to', () => {
  it.each([
    ['UTC', '2026-03-10T12:00:00Z', '2026-03-10', '2026-03-11T00:00:00.000Z', '2026-04-01T00:00:00.000Z'],
    // The clocks go forward before the day ends, and before the month does.
    ['Europe/Berlin', '2026-03-28T23:30:00Z', '2026-03-29', '2026-03-29T22:00:00.000Z', '2026-03-31T22:00:00.000Z'],
    [
      'America/Los_Angeles',
      '2026-04-01T05:00:00Z',
      '2026-03-31',
      '2026-04-01T07:00:00.000Z',
      '2026-04-01T07:00:00.000Z',
    ],
    // Midnight itself is skipped in Beirut on 2026-03-29.
    ['Asia/Beirut', '2026-03-28T12:00:00Z', '2026-03-28', '2026-03-28T22:00:00.000Z', '2026-03-31T21:00:00.000Z'],
  ])('in %s at %s is %s', (zone, instant, day, dayEndsAt, monthEndsAt) => {
    const periods = spendingPeriods(zone, new Date(instant));
    expect([periods.day, periods.month]).toEqual([day, day.slice(0, 7)]);
    expect([periods.dayEndsAt.toISOString(), periods.monthEndsAt.toISOString()]).toEqual([dayEndsAt, monthEndsAt]);
  });
});
