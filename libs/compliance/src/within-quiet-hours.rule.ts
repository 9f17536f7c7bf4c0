import type { Purpose } from '@postrider/event-contracts';
import { purposeOf } from './category-is-metas.rule';
import type { RecipientFacts } from './facts';
import { recipientsZone, type QuietHours } from './policies/quiet-hours';
import { hold, pass, refuse, skip, type Rule } from './rule';
import { zonesOf } from './zones/country-zones';
import { isQuiet, quietUntil, type QuietClock } from './zones/quiet-time';

/** Of the channel or the workspace, with the zones that they mean for this person. */
interface Hours extends QuietClock {
  readonly of: 'channel' | 'workspace';
  readonly zonesFrom: 'recipient' | 'country' | 'fallback' | 'hours';
  readonly then: 'hold' | 'refuse';
}

interface Inputs {
  readonly purpose: Purpose;
  readonly hours: readonly Hours[];
}

export const withinQuietHours: Rule<Inputs> = {
  name: 'within-quiet-hours',
  clause: {
    text: "Nothing is sent in the quiet hours of the channel or the workspace, by the recipient's clock.",
    source: 'policy "quiet-hours", and "quietHours" of the channel',
  },
  codes: ['quiet-hours'],
  inputs: (facts) => {
    const purpose = purposeOf(facts);
    const { channel, workspace } = facts.quietHours ?? {};
    return {
      purpose,
      hours: [
        ...(channel === undefined ? [] : [hoursOf('channel', channel, facts.recipient)]),
        ...(workspace?.purposes.includes(purpose) === true ? [hoursOf('workspace', workspace, facts.recipient)] : []),
      ].filter(({ periods }) => periods.weekly.length + periods.dates.length > 0),
    };
  },
  judge: ({ purpose, hours }, at) => {
    if (hours.length === 0) return skip(`there are no quiet hours for ${purpose} messages`);
    const now = at.getTime();
    const quiet = hours.filter((each) => isQuiet([each], now));
    if (quiet.length === 0) return pass('it is outside quiet hours');
    const whose = quiet
      .map(({ of, zones }) => `it is in the quiet hours of the ${of}, by ${zones.join(', ')}`)
      .join('; ');
    if (quiet.some(({ then }) => then === 'refuse')) return refuse('quiet-hours', whose);
    // The end of one may lie within another, so that all are asked for a time outside of each.
    const until = quietUntil(hours, now);
    return until === undefined
      ? refuse('quiet-hours', `${whose}, and no time in sight is outside`)
      : hold('quiet-hours', new Date(until), `${whose}, until ${new Date(until).toISOString()}`);
  },
};

function hoursOf(of: Hours['of'], quietHours: QuietHours, recipient: RecipientFacts): Hours {
  return { of, ...zonesFor(quietHours, recipient), periods: periodsOf(quietHours), then: quietHours.then };
}

/** Nothing more is kept in the trail than says when it is quiet; the same object each time, as it is prepared once. */
const periods = new WeakMap<QuietHours, QuietClock['periods']>();
function periodsOf(hours: QuietHours): QuietClock['periods'] {
  let known = periods.get(hours);
  if (known === undefined) {
    known = { weekly: hours.weekly, dates: hours.dates };
    periods.set(hours, known);
  }
  return known;
}

/** Known, else any that somebody in the country may be in, so that it is quiet while it is quiet in one of them. */
function zonesFor(
  { timeZone, fallbackTimeZone }: QuietHours,
  recipient: RecipientFacts,
): Pick<Hours, 'zones' | 'zonesFrom'> {
  if (timeZone !== recipientsZone) return { zones: [timeZone], zonesFrom: 'hours' };
  if (recipient.timeZone !== undefined) return { zones: [recipient.timeZone], zonesFrom: 'recipient' };
  const zones = recipient.country === undefined ? [] : zonesOf(recipient.country);
  if (zones.length > 0) return { zones, zonesFrom: 'country' };
  return { zones: [fallbackTimeZone ?? 'UTC'], zonesFrom: 'fallback' };
}
