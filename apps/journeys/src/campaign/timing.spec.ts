import { cronProblem, nextOccurrence, startInstant } from './timing';

const now = new Date('2026-03-10T12:00:00.000Z');
const start = (startAt?: string, zone?: string) => startInstant(startAt, zone, now);

describe('a start', () => {
  it.each([
    [undefined, undefined, '2026-03-10T12:00:00.000Z'],
    ['now', undefined, '2026-03-10T12:00:00.000Z'],
    ['2026-03-11T09:30:00+02:00', undefined, '2026-03-11T07:30:00.000Z'],
    ['2026-07-01T09:30', 'Europe/Berlin', '2026-07-01T07:30:00.000Z'],
    ['2026-12-01T09:30', 'America/Sao_Paulo', '2026-12-01T12:30:00.000Z'],
    ['2026-03-10T11:59:30Z', undefined, '2026-03-10T12:00:00.000Z'],
  ])('of %s in %s is %s', (startAt, zone, instant) => {
    expect(start(startAt, zone)).toEqual(new Date(instant));
  });

  it.each([
    ['2026-03-10T11:00:00Z', undefined, 'is in the past'],
    ['2026-03-29T02:30', 'Europe/Berlin', 'there is no such minute'],
    ['2026-04-01T09:00', undefined, 'give an offset'],
    ['2026-04-01T09:00', 'Mars/Olympus', 'not an IANA time zone'],
    ['soon', 'Europe/Berlin', 'not a date'],
  ])('of %s in %s is refused: %s', (startAt, zone, why) => {
    expect(start(startAt, zone)).toMatchObject({ refused: 'malformed', because: expect.stringContaining(why) });
  });
});

describe('a recurrence', () => {
  const daily = { recurrence: { cron: '0 9 * * *' }, timeZone: 'Europe/Berlin' };

  it('keeps its local hour over the change of clocks', () => {
    expect(nextOccurrence(daily, 1, new Date('2026-03-28T12:00:00Z'))).toEqual(new Date('2026-03-29T07:00:00.000Z'));
    expect(nextOccurrence(daily, 1, new Date('2026-03-27T12:00:00Z'))).toEqual(new Date('2026-03-28T08:00:00.000Z'));
  });

  it('ends after its number of times, or its day', () => {
    const twice = { ...daily, recurrence: { ...daily.recurrence, occurrencesMax: 2 } };
    expect(nextOccurrence(twice, 1, now)).toBeDefined();
    expect(nextOccurrence(twice, 2, now)).toBeUndefined();
    const until = { ...daily, recurrence: { ...daily.recurrence, until: '2026-03-11T00:00:00Z' } };
    expect(nextOccurrence(until, 1, now)).toBeUndefined();
    expect(nextOccurrence({}, 0, now)).toBeUndefined();
  });

  it('is refused with seconds, and where it cannot be read', () => {
    expect(cronProblem('0 9 * * 1')).toBeUndefined();
    expect(cronProblem('* * * * * *')).toContain('5');
    expect(cronProblem('every day')).toBeDefined();
  });
});
