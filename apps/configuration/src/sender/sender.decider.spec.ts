import { fold, isRefusal } from '@postrider/decider';
import { observeSender, pauseSender, reportSender, resumeSender, sender, type SenderState } from './sender.decider';

const seen = {
  senderId: '0198b7a0-0000-7000-8000-000000000002',
  accountId: '0198b7a0-0000-7000-8000-000000000001',
  wabaId: '2000',
  portfolioId: '1500',
  phoneNumberId: '3000',
  displayPhoneNumber: '+1 555 010 0001',
  verifiedName: 'Jasper',
  status: 'CONNECTED',
  quality: 'GREEN' as const,
  throughputPerSecond: 80,
};
type Decide = (state: SenderState) => ReturnType<typeof observeSender>;
const given = (...decisions: Decide[]) => {
  let state: SenderState;
  for (const decide of decisions) {
    const outcome = decide(state);
    if (!isRefusal(outcome)) state = fold(sender, outcome, state);
  }
  return { when: (decide: Decide) => decide(state) };
};
const found: Decide = (state) => observeSender(seen, state);

describe('a sender', () => {
  it('is discovered once', () => {
    expect(given().when(found)).toMatchObject([{ type: 'SenderDiscovered', data: seen }]);
    expect(given(found).when(found)).toEqual([]);
  });

  it('tells only what differs from before', () => {
    const changed: Decide = (state) => observeSender({ ...seen, status: 'FLAGGED', throughputPerSecond: 1000 }, state);
    expect(given(found).when(changed)).toMatchObject([
      { type: 'SenderStatusChanged', data: { status: 'FLAGGED', previous: 'CONNECTED' } },
      { type: 'SenderThroughputChanged', data: { throughputPerSecond: 1000 } },
    ]);
    expect(given(found, changed).when(changed)).toEqual([]);
  });

  it('tells of its health where there is something to tell', () => {
    const able = { canSend: 'AVAILABLE', because: [] };
    const blocked = { canSend: 'BLOCKED', because: ['WABA: There is no payment method.'] };
    const looked =
      (health: typeof blocked | typeof able): Decide =>
      (state) =>
        observeSender({ ...seen, health }, state);
    expect(given().when(looked(able))).toMatchObject([{ type: 'SenderDiscovered' }]);
    expect(given().when(looked(blocked))).toMatchObject([
      { type: 'SenderDiscovered' },
      { type: 'SenderHealthChanged' },
    ]);
    expect(given(found).when(looked(blocked))).toMatchObject([
      { type: 'SenderHealthChanged', data: { health: 'BLOCKED', because: blocked.because } },
    ]);
    expect(given(found, looked(blocked)).when(looked(blocked))).toEqual([]);
    expect(given(found, looked(blocked)).when(looked(able))).toMatchObject([{ data: { health: 'AVAILABLE' } }]);
  });

  it('keeps what a report does not mention', () => {
    const renamed: Decide = (state) => reportSender({ verifiedName: 'Jasper & Co', status: undefined }, state);
    expect(given(found).when(renamed)).toMatchObject([
      { type: 'SenderRenamed', data: { verifiedName: 'Jasper & Co' } },
    ]);
  });

  it('of which nothing is known is not made up from a report', () => {
    expect(given().when((state) => reportSender({ quality: 'RED' }, state))).toEqual([]);
  });

  it('is paused and resumed once each', () => {
    const pause: Decide = (state) => pauseSender({ because: 'bad feedback' }, state);
    const resume: Decide = (state) => resumeSender({}, state);
    expect(given(found).when(resume)).toEqual([]);
    expect(given(found, pause).when(pause)).toEqual([]);
    expect(given(found, pause).when(resume)).toMatchObject([{ type: 'SenderResumed' }]);
    expect(given().when(pause)).toMatchObject({ refused: 'not-found' });
  });
});
