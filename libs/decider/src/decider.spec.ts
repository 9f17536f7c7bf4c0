import fc from 'fast-check';
import { fold, isRefusal, refuse, type Decider } from './decider';

type Counted = { readonly type: 'Added' | 'Cleared' | 'Unknown'; readonly data: number };
const counter: Decider<number, Counted> = {
  initial: 0,
  evolve: (sum, { type, data }) => (type === 'Added' ? sum + data : type === 'Cleared' ? 0 : sum),
};
const event = fc.record({
  type: fc.constantFrom('Added', 'Cleared', 'Unknown'),
  data: fc.nat(),
}) as fc.Arbitrary<Counted>;

describe('folding', () => {
  it('may stop anywhere and go on from there', () => {
    fc.assert(
      fc.property(fc.array(event), fc.array(event), (before, after) => {
        expect(fold(counter, after, fold(counter, before))).toBe(fold(counter, [...before, ...after]));
      }),
    );
  });

  it('of nothing is the beginning', () => {
    expect(fold(counter, [])).toBe(counter.initial);
  });

  it('takes events as they come, once', () => {
    function* arriving(): Generator<Counted> {
      yield { type: 'Added', data: 2 };
      yield { type: 'Added', data: 3 };
    }
    expect(fold(counter, arriving())).toBe(5);
  });
});

describe('a refusal', () => {
  it('is a value that says why', () => {
    expect(refuse('window-closed', 'nobody wrote for a day')).toEqual({
      refused: 'window-closed',
      because: 'nobody wrote for a day',
    });
  });

  it('is told from events', () => {
    expect(isRefusal(refuse('no', 'because'))).toBe(true);
    for (const outcome of [[], [{ type: 'Added' }], undefined, null, 'refused']) expect(isRefusal(outcome)).toBe(false);
  });
});
