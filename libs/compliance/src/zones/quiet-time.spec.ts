import fc from 'fast-check';
import { weekdays, type QuietHours } from '../policies/quiet-hours';
import { zonesOf, countriesWithZones } from './country-zones';
import { quietUntil, type QuietClock } from './quiet-time';
import { isTimeZone, offsetMinutes } from './wall-clock';

const minuteMs = 60_000;
type Periods = Pick<QuietHours, 'weekly' | 'dates'>;

/** Slow and plain: asks the run time what the clock on the wall shows. */
function isQuiet(zone: string, { weekly, dates }: Periods, atMs: number): boolean {
  const shown = (ms: number) => {
    const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(
      ms,
    );
    return { date: parts.slice(0, 10), time: parts.slice(11, 16) };
  };
  const { date, time } = shown(atMs);
  const yesterday = new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);
  const weekday = (day: string) => weekdays[(new Date(day).getUTCDay() + 6) % 7]!;
  const covers = (from: string, to: string | undefined, isToday: boolean): boolean => {
    const overMidnight = to !== undefined && to <= from;
    if (!isToday) return overMidnight && time < to;
    return time >= from && (to === undefined || overMidnight || time < to);
  };
  return (
    weekly.some(
      ({ days, from, to }) =>
        (days.includes(weekday(date)) && covers(from, to, true)) ||
        (days.includes(weekday(yesterday)) && covers(from, to, false)),
    ) ||
    dates.some(
      (each) =>
        (each.date === date && covers(each.from ?? '00:00', each.to, true)) ||
        (each.date === yesterday && covers(each.from ?? '00:00', each.to, false)),
    )
  );
}

const nights = (from: string, to: string): Periods => ({ weekly: [{ days: [...weekdays], from, to }], dates: [] });
const clock = (zone: string, periods: Periods): QuietClock => ({ zones: [zone], periods });
const endOf = (zone: string, from: string, to: string, at: string): string | undefined => {
  const until = quietUntil([clock(zone, nights(from, to))], Date.parse(at));
  return until === undefined ? undefined : new Date(until).toISOString();
};

describe('quiet hours across a change of the clocks', () => {
  it.each([
    // Berlin goes from 2 to 3 at 01:00 UTC on 2026-03-29, and from 3 to 2 at 01:00 UTC on 2026-10-25.
    [
      'the night is an hour shorter in Berlin',
      'Europe/Berlin',
      '22:00',
      '08:00',
      '2026-03-28T21:30:00Z',
      '2026-03-29T06:00:00.000Z',
    ],
    [
      'the night is an hour longer in Berlin',
      'Europe/Berlin',
      '22:00',
      '08:00',
      '2026-10-24T21:30:00Z',
      '2026-10-25T07:00:00.000Z',
    ],
    [
      'the end is skipped in Berlin',
      'Europe/Berlin',
      '22:00',
      '02:30',
      '2026-03-28T22:30:00Z',
      '2026-03-29T01:00:00.000Z',
    ],
    [
      'the end comes twice in Berlin: the first',
      'Europe/Berlin',
      '22:00',
      '02:30',
      '2026-10-24T22:30:00Z',
      '2026-10-25T00:30:00.000Z',
    ],
    [
      'the hour after it is quiet once more',
      'Europe/Berlin',
      '22:00',
      '02:30',
      '2026-10-25T01:10:00Z',
      '2026-10-25T01:30:00.000Z',
    ],
    // New York goes from 2 to 3 at 07:00 UTC on 2026-03-08, and from 2 to 1 at 06:00 UTC on 2026-11-01.
    [
      'the night is an hour shorter in New York',
      'America/New_York',
      '21:00',
      '09:00',
      '2026-03-08T03:00:00Z',
      '2026-03-08T13:00:00.000Z',
    ],
    [
      'the night is an hour longer in New York',
      'America/New_York',
      '21:00',
      '09:00',
      '2026-11-01T02:00:00Z',
      '2026-11-01T14:00:00.000Z',
    ],
    // Lord Howe moves by half an hour: from 2:00 to 1:30 at 15:00 UTC on 2026-04-04, back at 15:30 UTC on 2026-10-03.
    [
      'the night is half an hour longer on Lord Howe',
      'Australia/Lord_Howe',
      '20:00',
      '07:00',
      '2026-04-04T10:00:00Z',
      '2026-04-04T20:30:00.000Z',
    ],
    [
      'the night is half an hour shorter on Lord Howe',
      'Australia/Lord_Howe',
      '20:00',
      '07:00',
      '2026-10-03T10:00:00Z',
      '2026-10-03T20:00:00.000Z',
    ],
    // Samoa's clocks stood still for no one: the whole of 2011-12-30 was left out.
    ['a day is skipped in Samoa', 'Pacific/Apia', '22:00', '08:00', '2011-12-30T09:00:00Z', '2011-12-30T18:00:00.000Z'],
  ])('%s', (_, zone, from, to, at, until) => {
    expect(endOf(zone, from, to, at)).toBe(until);
  });
});

describe('the end of quiet hours', () => {
  const time = fc
    .integer({ min: 0, max: 1_439 })
    .map((minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);
  const periods: fc.Arbitrary<Periods> = fc.record({
    weekly: fc.array(
      fc.record({ days: fc.subarray([...weekdays], { minLength: 1, maxLength: 6 }), from: time, to: time }),
      { maxLength: 3 },
    ),
    dates: fc.array(
      fc.record({
        date: fc.constantFrom('2026-03-28', '2026-03-29', '2026-10-25', '2026-11-01'),
        from: time,
        to: time,
      }),
      { maxLength: 2 },
    ),
  });
  const zones = fc.subarray(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'], {
    minLength: 1,
    maxLength: 3,
  });
  /** Within two days of a change of the clocks somewhere. */
  const instant = fc
    .tuple(
      fc.constantFrom('2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01'),
      fc.integer({ min: -2_880 * minuteMs, max: 2_880 * minuteMs }),
    )
    .map(([date, offset]) => Date.parse(date) + offset);

  it('is never inside quiet hours, and nothing before it is outside', () => {
    fc.assert(
      fc.property(periods, zones, instant, (given, among, at) => {
        const until = quietUntil([{ zones: among, periods: given }], at);
        const quietIn = (ms: number) => among.some((zone) => isQuiet(zone, given, ms));
        if (until === undefined) return quietIn(at);
        if (quietIn(until)) return false;
        if (until === at) return true;
        return (
          quietIn(at) && quietIn(until - 1) && [0.1, 0.4, 0.7, 0.95].every((part) => quietIn(at + part * (until - at)))
        );
      }),
      { numRuns: 400 },
    );
  });
});

describe('the zones of countries', () => {
  it('are all known to the run time', () => {
    const zones = countriesWithZones().flatMap(zonesOf);
    expect(zones.filter((zone) => !isTimeZone(zone))).toEqual([]);
    expect(countriesWithZones().filter((country) => !/^[A-Z]{2}$/.test(country))).toEqual([]);
  });

  it.each([
    ['US', 8],
    ['DE', 1],
    ['RU', 11],
    ['XK', 1],
    ['ZZ', 0],
  ])('%s has %d', (country, count) => {
    expect(zonesOf(country)).toHaveLength(count);
  });
});

describe('offsets', () => {
  it('are the same asked again, and change within an hour where the clocks do', () => {
    const change = Date.parse('2026-04-04T15:00:00Z');
    expect([change - 1, change, change - 1].map((ms) => offsetMinutes('Australia/Lord_Howe', ms))).toEqual([
      660, 630, 660,
    ]);
  });
});
