import { whatWasShown } from './what-was-shown';

it.each([
  [
    'a list',
    'message',
    {
      data: [
        { id: '1', contact: 'a' },
        { id: '2', contact: null },
      ],
      next: null,
    },
    ['1', '2'],
    ['a'],
  ],
  ['an empty list', 'message', { data: [], next: null }, [], []],
  ['one thing', 'conversation', { id: '1', contact: { id: 'a', phone: '34600456701' } }, ['1'], ['a']],
  ['a contact', 'contact', { id: 'a', aliases: [] }, ['a'], ['a']],
  ['all that is held', 'export', { contact: { id: 'a' }, webhooks: {} }, ['asked'], ['a']],
  ['a file', 'media', Buffer.from('x'), ['asked'], []],
] as const)('%s tells what was shown and whose it is', (_, what, answer, ids, contacts) => {
  expect(whatWasShown(what, answer, 'asked')).toEqual({ ids, contacts });
});
