import { testClock } from '@postrider/service-host';
import type { Story } from '../message/story';
import { departures } from './pace';
import { pump, type Ready } from './pump';

const accepted = { kind: 'accepted', wamid: 'wamid.x' } as const;
const ready = (messageId: string): Ready => ({ story: { messageId } as Story, attempt: 1 });

function pumpOf(limit: number) {
  const clock = testClock();
  const sent: string[] = [];
  const keptBack: string[] = [];
  const pumping = pump({
    clock,
    lease: { mayBegin: () => true },
    departures: departures(limit),
    send: ({ story }) => {
      sent.push(story.messageId);
      return Promise.resolve(accepted as never);
    },
    keepBack: ({ story }) => {
      keptBack.push(story.messageId);
      return Promise.resolve();
    },
    conclude: () => Promise.resolve(),
  });
  return { pumping, sent, keptBack };
}

describe('the pump', () => {
  it('sends what is pushed after an earlier push went through without a wait', () => {
    const { pumping, sent } = pumpOf(1_000);
    pumping.push([ready('a'), ready('b')]);
    pumping.push([ready('c')]);
    expect(sent).toEqual(['a', 'b', 'c']);
    expect(pumping.queued()).toBe(0);
  });

  it('keeps back what comes once it was stopped', async () => {
    const { pumping, sent, keptBack } = pumpOf(1_000);
    await pumping.stop();
    pumping.push([ready('late')]);
    await pumping.stop();
    expect({ sent, keptBack }).toEqual({ sent: [], keptBack: ['late'] });
  });
});
