import { exampleFacts, numberIn, template } from './example-facts';
import type { Facts } from './facts';
import { QuietHours, QuietHoursPolicy, weekdays } from './policies/quiet-hours';
import { specify } from './rule-table';
import { withinQuietHours } from './within-quiet-hours.rule';

const nights = { days: [...weekdays], from: '21:00', to: '09:00' };
const channelHours = (said: object) => QuietHours.parse({ weekly: [nights], ...said });
const workspaceHours = (said: object = {}) => QuietHoursPolicy.parse({ weekly: [nights], ...said });
// Noon in UTC.
const facts = (changes: Partial<Facts>) => exampleFacts({ recipient: numberIn({ country: 'DE' }), ...changes });
const utility = {
  channel: { purpose: 'transactional' },
  content: { kind: 'template', template: template({ category: 'UTILITY' }) },
} as const;
const inTokyo = numberIn({ country: 'DE', timeZone: 'Asia/Tokyo' });

specify(withinQuietHours, [
  ['no quiet hours', facts({}), 'skip'],
  ['by day in Germany', facts({ quietHours: { channel: channelHours({}) } }), 'pass'],
  [
    'at night where the person is known to be',
    facts({ quietHours: { channel: channelHours({}) }, recipient: inTokyo }),
    'hold quiet-hours',
  ],
  [
    'at night, where that is refused',
    facts({ quietHours: { channel: channelHours({ then: 'refuse' }) }, recipient: inTokyo }),
    'refuse quiet-hours',
  ],
  [
    'by the clock of the hours themselves',
    facts({ quietHours: { channel: channelHours({ timeZone: 'Europe/Berlin' }) }, recipient: inTokyo }),
    'pass',
  ],
  [
    'early in Honolulu, late in New York: somewhere in the United States',
    facts({
      at: new Date('2026-03-10T18:00:00Z'),
      quietHours: { channel: channelHours({}) },
      recipient: numberIn({ country: 'US' }),
    }),
    'hold quiet-hours',
  ],
  [
    'neither zone nor country known, at noon in UTC',
    facts({ quietHours: { channel: channelHours({}) }, recipient: numberIn({ country: undefined }) }),
    'pass',
  ],
  [
    'neither zone nor country known, by the zone that stands in',
    facts({
      quietHours: { channel: channelHours({ fallbackTimeZone: 'Asia/Tokyo' }) },
      recipient: numberIn({ country: undefined }),
    }),
    'hold quiet-hours',
  ],
  [
    "the workspace's, for marketing",
    facts({ quietHours: { workspace: workspaceHours() }, recipient: inTokyo }),
    'hold quiet-hours',
  ],
  [
    "the workspace's, for an order update",
    facts({ ...utility, quietHours: { workspace: workspaceHours() }, recipient: inTokyo }),
    'skip',
  ],
  [
    "the workspace's, where they concern order updates",
    facts({
      ...utility,
      quietHours: { workspace: workspaceHours({ purposes: ['transactional'] }) },
      recipient: inTokyo,
    }),
    'hold quiet-hours',
  ],
  [
    'a holiday',
    facts({ quietHours: { channel: channelHours({ weekly: [], dates: [{ date: '2026-03-10' }] }) } }),
    'hold quiet-hours',
  ],
  [
    'a part of a day',
    facts({ quietHours: { channel: channelHours({ weekly: [], dates: [{ date: '2026-03-10', to: '12:30' }] }) } }),
    'pass',
  ],
  [
    'long hours in a country of eleven zones',
    facts({
      quietHours: { channel: channelHours({ weekly: [{ ...nights, from: '18:00', to: '10:00' }] }) },
      recipient: numberIn({ country: 'RU' }),
    }),
    'refuse quiet-hours',
  ],
]);

describe('how long within-quiet-hours holds', () => {
  const until = (changes: Partial<Facts>) => {
    const given = facts(changes);
    const judgement = withinQuietHours.judge(withinQuietHours.inputs(given), given.at);
    return judgement.verdict === 'hold' ? judgement.until.toISOString() : judgement.verdict;
  };

  it('holds until the morning where the person is', () => {
    expect(until({ quietHours: { channel: channelHours({}) }, recipient: inTokyo })).toBe('2026-03-11T00:00:00.000Z');
  });

  it('holds until it is morning everywhere in the country', () => {
    const at = new Date('2026-03-10T08:00:00Z');
    // Nine in Honolulu, which is ten hours behind UTC.
    const recipient = numberIn({ country: 'US' });
    expect(until({ at, quietHours: { channel: channelHours({}) }, recipient })).toBe('2026-03-10T19:00:00.000Z');
  });

  it('holds until outside the hours of both the channel and the workspace', () => {
    const channel = channelHours({ weekly: [{ ...nights, from: '09:00', to: '14:00' }] });
    const workspace = workspaceHours({ weekly: [{ ...nights, from: '14:00', to: '16:30' }] });
    expect(until({ quietHours: { channel, workspace } })).toBe('2026-03-10T15:30:00.000Z');
  });
});

describe('quiet hours as they are put', () => {
  it.each([
    ['the whole week', { weekly: [{ days: weekdays, from: '00:00', to: '00:00' }] }],
    [
      'the whole week in parts',
      {
        weekly: [
          { days: weekdays, from: '08:00', to: '20:00' },
          { days: weekdays, from: '19:00', to: '08:00' },
        ],
      },
    ],
    ['a zone that is none', { timeZone: 'Mars/Olympus' }],
    ['a time that is none', { weekly: [{ days: ['monday'], from: '24:00', to: '08:00' }] }],
  ])('are refused with %s', (_, said) => {
    expect(QuietHours.safeParse(said).success).toBe(false);
  });

  it('may leave a single minute of the week', () => {
    const weekly = [
      { days: weekdays, from: '12:00', to: '11:59' },
      { days: weekdays.slice(1), from: '11:00', to: '12:00' },
    ];
    expect(QuietHours.safeParse({ weekly }).success).toBe(true);
  });
});
