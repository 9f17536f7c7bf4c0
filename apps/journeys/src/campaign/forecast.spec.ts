import { figuresOf } from './figures';
import { forecast } from './forecast';
import { holdsOf, type Held } from './holds';

const noon = new Date('2026-03-10T12:00:00Z');
const at = (time: string): Date => new Date(`2026-03-10T${time}:00Z`);
const held = (code: string, people: number, from: string, to = from): Held => ({
  ...{ code, people },
  ...{ from: at(from), to: at(to) },
});
const running = { measured: 10, allowed: 80, running: true };
const endOf = (pending: number, waiting: readonly Held[], rates: typeof running | { measured: null } = running) => {
  const people = pending + waiting.reduce((sum, each) => sum + each.people, 0);
  const figures = figuresOf({ pending, held: people - pending });
  return forecast({ people, figures, held: waiting }, { ...running, ...rates }, noon);
};

describe('the end of a campaign under way', () => {
  it('is by the measured rate while all goes on', () => {
    expect(endOf(6_000, [])).toEqual({
      ...{ ratePerSecond: 10, measured: true, remaining: 6_000 },
      endsAt: '2026-03-10T12:10:00.000Z',
    });
  });

  it('is by what sender, channel and campaign allow before anything was measured', () => {
    expect(endOf(4_800, [], { measured: null })).toMatchObject({
      ...{ ratePerSecond: 80, measured: false },
      endsAt: '2026-03-10T12:01:00.000Z',
    });
  });

  it('waits for those who are held, and then goes by the rate again', () => {
    expect(endOf(0, [held('quiet-hours', 600, '20:00')])).toMatchObject({
      remaining: 0,
      endsAt: '2026-03-10T20:01:00.000Z',
    });
    // Half an hour's worth is under way when they join it.
    expect(endOf(18_000, [held('frequency-cap', 600, '12:15')])).toMatchObject({ endsAt: '2026-03-10T12:31:00.000Z' });
    expect(endOf(0, [held('frequency-cap', 600, '11:00')])).toMatchObject({ endsAt: '2026-03-10T12:01:00.000Z' });
  });

  it('is unknown where nothing says how fast it goes', () => {
    const unknown = { measured: null, allowed: undefined, running: true };
    const figures = figuresOf({ pending: 5 });
    expect(forecast({ people: 5, figures, held: [] }, unknown, noon)).toMatchObject({
      ratePerSecond: null,
      endsAt: null,
    });
  });
});

it('says how many wait for what, the most first, and from when to when', () => {
  const all = [
    held('frequency-cap', 2, '13:00'),
    held('quiet-hours', 5, '20:00', '20:10'),
    held('quiet-hours', 4, '18:00'),
  ];
  expect(holdsOf(all)).toEqual([
    { code: 'quiet-hours', people: 9, nextAt: at('18:00').toISOString(), lastAt: at('20:10').toISOString() },
    { code: 'frequency-cap', people: 2, nextAt: at('13:00').toISOString(), lastAt: at('13:00').toISOString() },
  ]);
});
