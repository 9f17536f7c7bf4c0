import { fold, isRefusal } from '@postrider/decider';
import { policy, putPolicy } from './policy.decider';

describe('a policy', () => {
  it('has a new version whenever it says something else, and only then', () => {
    const first = putPolicy({ name: 'spend', policy: { perDay: 10 } }, undefined);
    if (isRefusal(first)) throw new Error();
    const state = fold(policy, first);
    expect(state).toEqual({ name: 'spend', policyVersion: 1, policy: { perDay: 10 } });
    expect(putPolicy({ name: 'spend', policy: { perDay: 10 } }, state)).toEqual([]);
    expect(putPolicy({ name: 'spend', policy: { perDay: 20 } }, state)).toMatchObject([{ data: { policyVersion: 2 } }]);
  });
});
