import { testClock } from '@postrider/service-host';
import { eventually } from '@postrider/test-backends';
import type { Story } from '../message/story';
import { claimAll, departures, type Departures } from './departures';
import { pump, type PumpDeps, type Ready } from './pump';

const accepted = { kind: 'accepted', wamid: 'wamid.x' } as const;

function pumpOf(limit: number, changes: Partial<PumpDeps> = {}) {
  const clock = testClock();
  const gate = departures(limit);
  const sent: string[] = [];
  const keptBack: string[] = [];
  const pumping = pump({
    clock,
    lease: { mayBegin: () => true },
    departures: gate,
    prepare: () => (ready, leaving) => {
      leaving();
      sent.push(ready.story.messageId);
      return Promise.resolve(accepted as never);
    },
    keepBack: ({ story }) => {
      keptBack.push(story.messageId);
      return Promise.resolve();
    },
    conclude: () => Promise.resolve(),
    ...changes,
  });
  const ready = (messageId: string, key = '', ...limits: Departures[]): Ready => ({
    story: { messageId } as Story,
    attempt: 1,
    scope: { key, limits },
    departure: claimAll([gate, ...limits]),
  });
  return { pumping, sent, keptBack, ready, clock };
}

describe('the pump', () => {
  it('sends what is pushed after an earlier push went through without a wait', () => {
    const { pumping, sent, ready } = pumpOf(1_000);
    pumping.push([ready('a'), ready('b')]);
    pumping.push([ready('c')]);
    expect(sent).toEqual(['a', 'b', 'c']);
    expect(pumping.queued()).toBe(0);
  });

  it('lets others pass one whose channel or batch must wait, and sends it when that may go', async () => {
    const { pumping, sent, ready, clock } = pumpOf(1_000);
    const slow = departures(1);
    pumping.push([ready('a', 'slow', slow), ready('b', 'slow', slow), ready('c'), ready('d')]);
    expect(sent).toEqual(['a', 'c', 'd']);
    clock.advance(1_100);
    pumping.push([ready('e')]);
    await eventually(() => expect(sent).toEqual(['a', 'c', 'd', 'b', 'e']));
    await pumping.stop();
  });

  it('counts a request when it leaves, not when it was let go', async () => {
    const leaves: (() => void)[] = [];
    const { pumping, ready, clock } = pumpOf(1, {
      prepare: () => (_, leaving) => {
        leaves.push(leaving);
        return new Promise(() => undefined);
      },
    });
    pumping.push([ready('a'), ready('b')]);
    clock.advance(60_000);
    pumping.push([]);
    await eventually(() => expect(pumping.queued()).toBe(1));
    leaves[0]!();
    clock.advance(500);
    pumping.push([]);
    expect(leaves).toHaveLength(1);
    clock.advance(600);
    pumping.push([]);
    await eventually(() => expect(leaves).toHaveLength(2));
  });

  it('looks at the lease once all that a request needs is there, however long that took', async () => {
    let isHeld = true;
    let prepared: (() => void) | undefined;
    const { pumping, sent, keptBack, ready } = pumpOf(1_000, {
      lease: { mayBegin: () => isHeld },
      prepare: () =>
        new Promise((resolve) => {
          prepared = () => resolve(() => Promise.resolve(accepted as never));
        }),
    });
    pumping.push([ready('late')]);
    isHeld = false;
    prepared!();
    await pumping.stop();
    expect({ sent, keptBack }).toEqual({ sent: [], keptBack: ['late'] });
  });

  it('keeps back what comes once it was stopped', async () => {
    const { pumping, sent, keptBack, ready } = pumpOf(1_000);
    await pumping.stop();
    pumping.push([ready('late')]);
    await pumping.stop();
    expect({ sent, keptBack }).toEqual({ sent: [], keptBack: ['late'] });
  });
});
