import { classify, type ClassifiedError } from '@postrider/cloud-api-client';
import fc from 'fast-check';
import { now } from '../testing/messages';
import { planFailure, triesMax } from './failure-plan';
import type { Attempt } from './message.decider';
import { outcomeEvents } from './outcome-events';

const failed = (errorCode: string, count: number): Attempt[] =>
  Array.from({ length: count }, (_, index) => ({ number: index + 1, fence: 1, outcome: 'failed', errorCode }));
const plan = (code: number, earlier: Attempt[] = [], random = 0) =>
  planFailure(classify({ code }, 400), { earlier, now, random: () => random });
const waitMs = (given: { retryAt?: Date }): number | undefined =>
  given.retryAt && given.retryAt.getTime() - now.getTime();
const day = 24 * 3_600_000;

it.each([
  [131026, 'no number on WhatsApp'],
  [130472, 'an experiment of Meta’s'],
  [132000, 'wrong parameters'],
  [100, 'a malformed request'],
])('is final for %d, %s', (code) => {
  expect(plan(code)).toMatchObject({ revokesConsent: false, slowsDown: false });
  expect(plan(code).retryAt).toBeUndefined();
});

it.each([
  [130429, 1_000],
  [131056, 4_000],
  [131000, 2_000],
  [131057, 60_000],
])('tries again after %d, not before %d ms', (code, least) => {
  for (const random of [0, 0.999]) {
    const wait = waitMs(plan(code, [], random))!;
    expect(wait).toBeGreaterThanOrEqual(least);
    expect(wait).toBeLessThanOrEqual(least * 1.25);
  }
});

it('waits longer with every failure of the same code', () => {
  const waits = [0, 1, 2, 3].map((count) => waitMs(plan(131056, failed('pair-rate-limited', count)))!);
  expect(waits).toEqual([4_000, 16_000, 64_000, 256_000]);
});

it('waits at least a day after 131049, and gives up after a few times', () => {
  fc.assert(
    fc.property(fc.nat({ max: 6 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (count, random) => {
      const wait = waitMs(plan(131049, failed('marketing-capped', count), random));
      if (count >= 3) expect(wait).toBeUndefined();
      else expect(wait).toBeGreaterThanOrEqual(day);
    }),
  );
});

it('ends after so many tries, whatever the code', () => {
  expect(plan(131000, failed('another', triesMax - 1)).retryAt).toBeUndefined();
});

it.each([
  [190, 'account'],
  [131031, 'account'],
  [131045, 'sender'],
  [132015, 'template'],
] as const)('stops after %d what is concerned: the %s', (code, scope) => {
  expect(plan(code).pause).toEqual({ scope });
});

it('stops the number until its maintenance is over, and slows it down where its rate is used up', () => {
  expect(plan(131057).pause).toEqual({ scope: 'sender', until: new Date(now.getTime() + 60_000) });
  expect(plan(130429)).toMatchObject({ slowsDown: true });
  expect(plan(130429).pause).toBeUndefined();
});

it('takes the word of a person who stopped', () => {
  expect(plan(131050)).toMatchObject({ revokesConsent: 'error-131050' });
  expect(plan(130403)).toMatchObject({ revokesConsent: 'block' });
  expect(plan(130403)).not.toHaveProperty('retryAt');
});

it('says what Meta said among the personal parts only', () => {
  const error: ClassifiedError = classify({ code: 132000, details: 'the value is Ada' }, 400);
  const { events } = outcomeEvents(
    { messageId: 'm', attempt: 1, earlier: [] },
    { kind: 'rejected', error },
    { now, patienceMs: 1, random: () => 0 },
  );
  expect(JSON.stringify(events.map(({ data }) => data))).not.toContain('Ada');
  expect(events).toMatchObject([{ type: 'MessageFailed', personal: { details: 'the value is Ada' } }]);
});

it('makes a refusal of a window that closed on the way', () => {
  const { events } = outcomeEvents(
    { messageId: 'm', attempt: 1, earlier: [] },
    { kind: 'rejected', error: classify({ code: 131047 }, 400) },
    { now, patienceMs: 1, random: () => 0 },
  );
  expect(events).toMatchObject([
    { type: 'AttemptFailed' },
    { type: 'MessageRefused', data: { code: 'window-closed', decision: { outcome: 'refuse' } } },
  ]);
});
