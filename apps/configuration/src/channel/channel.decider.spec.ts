import { fold, isRefusal } from '@postrider/decider';
import type { BusinessAccount } from '../business-account/business-account.decider';
import { readinessItems } from '../business-account/readiness';
import type { Sender } from '../sender/sender.decider';
import {
  activateChannel,
  changeChannel,
  channel,
  draftChannel,
  suspendChannel,
  type ChannelState,
} from './channel.decider';
import { reasonsAgainst } from './reasons';

const channelId = '0198b7a0-0000-7000-8000-000000000003';
const settings = {
  name: 'orders',
  senderId: '0198b7a0-0000-7000-8000-000000000002',
  purpose: 'transactional' as const,
};
type Decide = (state: ChannelState) => ReturnType<typeof draftChannel>;
const given = (...decisions: Decide[]) => {
  let state: ChannelState;
  for (const decide of decisions) {
    const outcome = decide(state);
    if (isRefusal(outcome)) throw new Error(outcome.because);
    state = fold(channel, outcome, state);
  }
  return { state, when: (decide: Decide) => decide(state) };
};
const drafted: Decide = (state) => draftChannel({ channelId, settings }, state);
const activated: Decide = (state) => activateChannel({ reasons: [] }, state);
const suspended: Decide = (state) => suspendChannel({ because: 'audit' }, state);

describe('a channel', () => {
  it('goes from draft to active to suspended and back', () => {
    expect(given(drafted).state?.state).toBe('draft');
    expect(given(drafted, activated).state?.state).toBe('active');
    expect(given(drafted, activated, suspended).state).toMatchObject({ state: 'suspended', suspendedBecause: 'audit' });
    expect(given(drafted, activated, suspended, activated).state?.state).toBe('active');
  });

  it("takes a name that is free, and refuses one that isn't", () => {
    expect(given(drafted).when(drafted)).toMatchObject({ refused: 'conflict' });
  });

  it('does not become active while something stands against it', () => {
    expect(given(drafted).when((state) => activateChannel({ reasons: ['The sender is paused.'] }, state))).toEqual({
      refused: 'channel-not-ready',
      because: 'The sender is paused.',
    });
  });

  it('repeats nothing', () => {
    expect(given(drafted, activated).when(activated)).toEqual([]);
    expect(given(drafted, activated, suspended).when(suspended)).toEqual([]);
    expect(given(drafted).when((state) => changeChannel({ settings: { ...settings }, reasons: [] }, state))).toEqual(
      [],
    );
  });

  it('cannot be suspended before it was ever active', () => {
    expect(given(drafted).when(suspended)).toMatchObject({ refused: 'conflict' });
  });

  it('takes new settings, but none that would bar it while it is active', () => {
    const change =
      (reasons: string[]): Decide =>
      (state) =>
        changeChannel({ settings: { ...settings, ratePerSecond: 500 }, reasons }, state);
    expect(given(drafted, activated).when(change([]))).toMatchObject([{ type: 'ChannelChanged' }]);
    expect(given(drafted, activated).when(change(['too fast']))).toMatchObject({ refused: 'channel-not-ready' });
    expect(given(drafted).when(change(['too fast']))).toMatchObject([{ type: 'ChannelChanged' }]);
  });
});

describe('what stands against a channel', () => {
  const sender = { status: 'CONNECTED', throughputPerSecond: 80 } as Sender;
  const account = { credentials: 'good', callbackUrl: 'http://x', readiness: {} } as BusinessAccount;
  const ready = {
    ...account,
    readiness: Object.fromEntries(readinessItems.map((item) => [item, { by: 'x', at: 'y' }])),
  };

  it('is nothing for a transactional one on a good sender', () => {
    expect(reasonsAgainst(settings, { sender, account })).toEqual([]);
  });

  it('is the incomplete readiness for a marketing one', () => {
    const marketing = { ...settings, purpose: 'marketing' as const };
    expect(reasonsAgainst(marketing, { sender, account })).toHaveLength(readinessItems.length);
    expect(reasonsAgainst(marketing, { sender, account: ready })).toEqual([]);
  });

  it.each([
    ['an unknown sender', {}, /sender is unknown/],
    ['a number that is not connected', { sender: { ...sender, status: 'PENDING' }, account }, /PENDING/],
    ['a paused sender', { sender: { ...sender, paused: { because: 'audit' } }, account }, /audit/],
    ['a refused token', { sender, account: { ...account, credentials: 'rejected' as const } }, /refuses the token/],
    ['a restriction', { sender, account: { ...account, restriction: { restriction: 'DISABLED' } } }, /DISABLED/],
    ['no webhook', { sender, account: { ...account, callbackUrl: undefined } }, /No webhook/],
  ])('is %s', (_, facts, reason) => {
    expect(reasonsAgainst(settings, facts)).toEqual([expect.stringMatching(reason)]);
  });

  it('is a rate above what the number can do', () => {
    expect(reasonsAgainst({ ...settings, ratePerSecond: 81 }, { sender, account })).toHaveLength(1);
  });
});
