import { exampleFacts, freeText, withTemplate } from './example-facts';
import { specify } from './rule-table';
import { templateIsSendable } from './template-is-sendable.rule';

specify(templateIsSendable, [
  ['free text', exampleFacts({ content: freeText }), 'skip'],
  ['approved, parameters fit', withTemplate({}), 'pass'],
  ['in review', withTemplate({ state: 'submitted' }), 'refuse template-not-approved'],
  ['never submitted', withTemplate({ state: 'draft' }), 'refuse template-not-approved'],
  ['rejected', withTemplate({ state: 'rejected' }), 'refuse template-not-approved'],
  ['disabled for good', withTemplate({ state: 'disabled' }), 'refuse template-not-approved'],
  ['deleted', withTemplate({ state: 'deleted' }), 'refuse template-not-approved'],
  ['paused', withTemplate({ state: 'paused' }), 'refuse template-paused'],
  [
    'paused until a known time',
    withTemplate({ state: 'paused', pausedUntil: '2026-03-10T15:00:00.000Z' }),
    'refuse template-paused',
  ],
  [
    'a parameter is missing',
    withTemplate({ parameterProblems: ['body takes 2 parameters, 1 given'] }),
    'refuse parameters-mismatch',
  ],
]);
