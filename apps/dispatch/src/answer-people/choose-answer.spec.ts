import { policySchemas } from '@postrider/compliance';
import { chooseAnswers, type Question } from './choose-answer';

const keywords = policySchemas.keywords.parse({
  sets: [{ name: 'hours', does: 'reply', words: ['hours'], reply: { text: 'Nine to five.' } }],
});
const replies = policySchemas.replies.parse({
  rules: [
    { when: 'after-opt-out', reply: { text: 'You will hear no more from us.' } },
    { when: 'after-opt-out', language: 'es', reply: { text: 'No recibirá más mensajes.' } },
    { when: 'help', reply: { text: 'Call us.' } },
    { when: 'first-message', reply: { text: 'Welcome.' } },
    { when: 'outside-hours', reply: { text: 'Back at nine.' } },
    { when: 'no-keyword', reply: { text: 'We will read this.' }, everyHours: 12 },
  ],
  hours: { timeZone: 'Europe/Berlin', weekly: [{ days: ['tuesday'], from: '18:00', to: '09:00' }] },
});
const rulesFor = (question: Partial<Question>) =>
  chooseAnswers({ keywords, replies }, { at: new Date('2026-03-10T12:00:00Z'), ...question }).map(({ rule }) => rule);
const textFor = (question: Partial<Question>) =>
  chooseAnswers({ keywords, replies }, { at: new Date('2026-03-10T12:00:00Z'), ...question })[0]?.text;

it('answers a stop in the language of the person, else of the word', () => {
  expect(textFor({ words: 'STOP' })).toBe('You will hear no more from us.');
  expect(textFor({ words: 'STOP', language: 'es_MX' })).toBe('No recibirá más mensajes.');
  expect(textFor({ words: 'alto' })).toBe('No recibirá más mensajes.');
});
it("answers a workspace's own keyword with its own words, and with nothing else", () => {
  expect(rulesFor({ words: 'Hours?' })).toEqual(['keyword hours']);
  expect(rulesFor({ words: 'start' })).toEqual([]);
  expect(rulesFor({ words: 'help' })).toEqual(['help']);
});
it('answers anything else by the first rule that may', () => {
  expect(rulesFor({ words: 'Where is my order?' })).toEqual(['first-message', 'no-keyword']);
  expect(rulesFor({ at: new Date('2026-03-10T20:00:00Z') })).toEqual(['first-message', 'outside-hours', 'no-keyword']);
});
it('says nothing where the policy says nothing', () => {
  const none = { keywords, replies: policySchemas.replies.parse({}) };
  expect(chooseAnswers(none, { words: 'hello', at: new Date(0) })).toEqual([]);
});
