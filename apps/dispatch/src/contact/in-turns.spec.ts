import { inTurns } from './in-turns';

const shownBy = (minute: number, portfolioId = 'one') => ({
  shownBy: { portfolioId, at: new Date(Date.UTC(2026, 2, 10, 12, minute)).toISOString() },
});
const turns = (...rows: [minute: number | undefined, keys: string[], portfolioId?: string][]) =>
  inTurns(
    rows.map(([minute, , portfolioId]) => (minute === undefined ? {} : shownBy(minute, portfolioId))),
    rows.map(([, keys]) => keys),
  );

describe('in which turn a write comes', () => {
  it('is the same for all where no number goes from one to another', () => {
    expect(turns([1, ['p.1', 'u.1']], [2, ['p.2', 'u.2']], [3, ['p.1', 'u.1']], [4, ['u.3']])).toEqual([[0, 1, 2, 3]]);
    expect(turns()).toEqual([]);
  });

  it('is a later one for whom a number was shown with later, however they come', () => {
    expect(turns([5, ['p.1', 'u.2']], [1, ['p.1', 'u.1']], [6, ['p.2', 'u.2']])).toEqual([[1, 2], [0]]);
    expect(turns([1, ['p.1', 'u.1']], [2, ['p.1', 'u.2']], [3, ['p.1', 'u.1']])).toEqual([[0], [1], [2]]);
  });

  it('is the same where portfolios differ, or a caller says so', () => {
    expect(turns([1, ['p.1', 'u.1']], [2, ['p.1', 'u.2'], 'two'])).toEqual([[0, 1]]);
    expect(turns([1, ['p.1', 'u.1']], [undefined, ['p.1', 'u.2']])).toEqual([[0, 1]]);
  });
});
