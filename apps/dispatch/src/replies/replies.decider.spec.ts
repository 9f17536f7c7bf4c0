import { fold } from '@postrider/decider';
import { keepReplies, repliesDecider } from './replies.decider';

const hours = { name: 'hours', text: 'Nine to five.' };

it('keeps a list of replies with a version, which grows when they change and only then', () => {
  const { initial } = repliesDecider;
  const first = fold(repliesDecider, keepReplies(initial, [hours]));
  expect(first).toEqual({ repliesVersion: 1, replies: [hours] });
  expect(keepReplies(first, [{ ...hours }])).toEqual([]);
  expect(fold(repliesDecider, keepReplies(first, []), first)).toEqual({ repliesVersion: 2, replies: [] });
});
