import type { StopRules } from '@postrider/event-contracts';
import { figuresOf, shareOf, type Measure } from './figures';
import { brokenRule } from './stop-rules';

const judged = (
  rules: StopRules,
  amounts: Partial<Record<Measure, number>>,
  facts: { quality?: string; pausedTemplates?: string[]; waived?: string[] } = {},
) =>
  brokenRule(
    rules,
    { figures: figuresOf(amounts), quality: facts.quality, pausedTemplates: facts.pausedTemplates ?? [] },
    facts.waived ?? [],
  );

describe('a rule is broken', () => {
  it.each([
    ['a quarter failed of a hundred', {}, { failed: 25, sent: 75 }, 'failureShare', 'stop'],
    [
      'its own threshold is reached',
      { failureShare: { threshold: 0.1 } },
      { failed: 10, sent: 90 },
      'failureShare',
      'stop',
    ],
    [
      'its own floor is',
      { failureShare: { threshold: 0.5, floor: 2 } },
      { failed: 1, sent: 1 },
      'failureShare',
      'stop',
    ],
    ['people opt out', { optOutShare: { threshold: 0.02 } }, { optedOut: 2, sent: 100 }, 'optOutShare', 'stop'],
    ['the money is spent', { spend: { limit: 5 } }, { spent: 5.01, sent: 50 }, 'spend', 'stop'],
  ] as const)('when %s', (_, rules, amounts, name, then) => {
    expect(judged(rules, amounts)).toMatchObject({ rule: { name }, then });
  });

  it('when the quality falls, and when Meta pauses the template', () => {
    expect(judged({}, {}, { quality: 'RED' })).toMatchObject({ rule: { name: 'qualityDrop' }, then: 'pause' });
    expect(judged({ qualityDrop: { to: 'YELLOW', then: 'stop' } }, {}, { quality: 'RED' })).toMatchObject({
      then: 'stop',
    });
    expect(judged({}, {}, { pausedTemplates: ['welcome (en_US)'] })).toMatchObject({
      rule: { name: 'pausedTemplate', seen: 'welcome (en_US)' },
      then: 'pause',
    });
  });
});

describe('no rule is broken', () => {
  it.each([
    ['below the floor', {}, { failed: 99 }],
    ['below the threshold', {}, { failed: 24, sent: 76 }],
    ['by a rule that is off', { failureShare: false }, { failed: 100 }],
    ['by opt-outs that nobody set a threshold for', {}, { optedOut: 90, sent: 100 }],
    ['below the limit of spending', { spend: { limit: 5 } }, { spent: 4.99 }],
  ] as const)('%s', (_, rules, amounts) => {
    expect(judged(rules, amounts)).toBeUndefined();
  });

  it('that a person has overruled', () => {
    expect(judged({}, {}, { quality: 'RED', waived: ['qualityDrop'] })).toBeUndefined();
    expect(judged({}, {}, { quality: 'YELLOW' })).toBeUndefined();
  });
});

it('an interval holds the share, is wide for few and narrow for many, and stays within 0 and 1', () => {
  expect(shareOf(0, 0)).toBeNull();
  const [few, many, none] = [shareOf(5, 10)!, shareOf(5_000, 10_000)!, shareOf(0, 10)!];
  expect(few.low).toBeLessThan(many.low);
  expect(few.high).toBeGreaterThan(many.high);
  expect(none.low).toBe(0);
  expect(none.high).toBeGreaterThan(0.2);
});
