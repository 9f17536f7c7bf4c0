import fc from 'fast-check';
import { assign } from './assignment';

const experiment = {
  holdout: 0.1,
  variants: [
    { name: 'a', weight: 3 },
    { name: 'b', weight: 1 },
  ],
};

it('the same person gets the same in the same campaign, always', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.string(), (campaign, person) => {
      expect(assign(experiment, campaign, person)).toEqual(assign(experiment, campaign, person));
    }),
  );
});

it('people are shared out by weight, after the holdout', () => {
  const counts = new Map<string, number>();
  for (let person = 0; person < 20_000; person++) {
    const got = assign(experiment, 'campaign', `p.${person}`);
    const name = got.holdout ? 'holdout' : got.variant!;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  expect(counts.get('holdout')! / 20_000).toBeCloseTo(0.1, 1);
  expect(counts.get('a')! / 20_000).toBeCloseTo(0.675, 1);
  expect(counts.get('b')! / 20_000).toBeCloseTo(0.225, 1);
});

it('without an experiment everybody gets the one there is', () => {
  expect(assign(undefined, 'campaign', 'p.1')).toEqual({ holdout: false });
});
