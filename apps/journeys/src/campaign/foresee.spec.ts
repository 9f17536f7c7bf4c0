import type { QuietClock } from '@postrider/compliance';
import { foresee, type Group } from './foresee';

const at = (time: string): number => Date.parse(`2026-03-10T${time}:00Z`);
const everyDay = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const nights = { weekly: [{ days: [...everyDay], from: '21:00', to: '08:00' }], dates: [] };
const quietIn = (...zones: string[]): QuietClock[] => [{ zones, periods: nights }];
const group = (people: number, quiet: readonly QuietClock[] = [], from = 0): Group => ({ people, from, quiet });
const endOf = (...given: Parameters<typeof foresee>): string => new Date(foresee(...given).endsAt ?? NaN).toISOString();

describe('the end that is foreseen', () => {
  it('is by the rate where nothing else bounds it', () => {
    expect(endOf([group(3_600), group(3_600)], { ratePerSecond: 2 }, at('12:00'))).toBe('2026-03-10T13:00:00.000Z');
  });

  it('comes after the night, by the clocks of each', () => {
    const pace = { ratePerSecond: 1 };
    // An hour's worth, begun half an hour before it gets quiet: the rest follows from eight in the morning.
    const { endsAt, standsStillMs } = foresee([group(3_600, quietIn('UTC'))], pace, at('20:30'));
    expect(new Date(endsAt!).toISOString()).toBe('2026-03-11T08:30:00.000Z');
    expect(standsStillMs).toBe(11 * 3_600_000);
    // Tokyo is asleep, then New York wakes up: 08:00 there is 12:00 UTC.
    const both = [group(600, quietIn('Asia/Tokyo')), group(600, quietIn('America/New_York'))];
    expect(endOf(both, pace, at('13:00'))).toBe('2026-03-10T23:10:00.000Z');
  });

  it("takes as many days as the portfolio's limit makes of it, those before counting for a day", () => {
    const pace = { ratePerSecond: 10, portfolio: { limit: 250, used: 50 } };
    expect(endOf([group(200)], pace, at('12:00'))).toBe('2026-03-10T12:00:20.000Z');
    expect(endOf([group(700)], pace, at('12:00'))).toMatch(/^2026-03-12T12:0/);
    expect(endOf([group(1_000)], { ratePerSecond: 10, portfolio: { limit: 250, used: 0 } }, at('12:00'))).toMatch(
      /^2026-03-13T12:0/,
    );
  });

  it('waits for whom a cap makes wait', () => {
    expect(endOf([group(10), group(10, [], at('18:00'))], { ratePerSecond: 1 }, at('12:00'))).toBe(
      '2026-03-10T18:00:10.000Z',
    );
  });

  it('is not in sight where nobody may ever be written to', () => {
    expect(foresee([group(1)], { ratePerSecond: 1, portfolio: { limit: 0, used: 0 } }, at('12:00')).endsAt).toBe(
      undefined,
    );
  });

  it('of a million people in fifty zones is found at once', () => {
    const zones = ['Europe/Madrid', 'America/Sao_Paulo', 'Asia/Tokyo', 'America/Los_Angeles', 'Africa/Lagos'];
    const groups = Array.from({ length: 50 }, (_, index) => group(20_000, quietIn(zones[index % zones.length]!)));
    const { endsAt } = foresee(groups, { ratePerSecond: 80 }, at('12:00'));
    expect(endsAt! - at('12:00')).toBeGreaterThan((1_000_000 / 80) * 1000);
    expect(endsAt! - at('12:00')).toBeLessThan(86_400_000);
  });
});
