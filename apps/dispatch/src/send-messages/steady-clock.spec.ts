import { steadyClock } from './steady-clock';

it('stands still while the machine’s clock goes back, and goes on from where it was', () => {
  const times = [1_000, 2_000, 500, 1_999, 2_001].map((ms) => new Date(ms));
  const clock = steadyClock({ now: () => times.shift()! });
  expect([clock(), clock(), clock(), clock()].map(Number)).toEqual([2_000, 2_000, 2_000, 2_001]);
});
