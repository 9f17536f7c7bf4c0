import { MessageAccepted, SendAttempted } from '@postrider/event-contracts';
import { messageStory, requested, status, tell } from '../testing/message-story';
import { messageWithTimeline } from './message-answer';
import { emptyView, joined } from './message-view';

const { id: messageId, senderId } = messageStory;
const second = (of: number): string => new Date(Date.parse(messageStory.at) + of * 1_000).toISOString();

/** Dispatch asks at second 0, attempts at 1 and knows of the acceptance at 2. */
function timeline(...statuses: { status: string; happenedAt: string }[]): string[] {
  const events = messageStory([
    requested(),
    tell(SendAttempted, { messageId, attempt: 1, senderId, fence: 1 }),
    tell(MessageAccepted, { messageId, attempt: 1, wamid: 'wamid.1' }),
    ...statuses.map(({ status: name, happenedAt }) => status(name, { attempt: 1, happenedAt })),
  ]);
  const shown = messageWithTimeline(messageId, events.reduce(joined, emptyView), undefined);
  return shown.timeline.map(({ type, status: name }) => name ?? type);
}

describe('the timeline of a message', () => {
  const ours = ['MessageRequested', 'SendAttempted', 'MessageAccepted'];

  it.each([
    ['of the same second', 2],
    ['of a second before we knew of the acceptance', 1],
    ['by a clock that goes behind ours', -30],
  ])('has no status %s before what it is of', (_, at) => {
    expect(timeline({ status: 'read', happenedAt: second(at) }, { status: 'sent', happenedAt: second(at) })).toEqual([
      ...ours,
      ...['sent', 'read'],
    ]);
  });

  it('goes by the time of each status after that', () => {
    const [early, late] = [second(5), second(9)];
    expect(timeline({ status: 'sent', happenedAt: late }, { status: 'delivered', happenedAt: early })).toEqual([
      ...ours,
      ...['delivered', 'sent'],
    ]);
  });

  it('keeps to the order of what dispatch did where its clock went back', () => {
    const events = messageStory([requested(), tell(SendAttempted, { messageId, attempt: 1, senderId, fence: 1 })]);
    const back = [events[0]!, { ...events[1]!, at: new Date(second(-60)) }];
    const shown = messageWithTimeline(messageId, back.reduce(joined, emptyView), undefined);
    expect(shown.timeline.map(({ type }) => type)).toEqual(['MessageRequested', 'SendAttempted']);
  });
});
