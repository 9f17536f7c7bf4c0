import type { Purpose } from '@postrider/event-contracts';
import { purposeOf } from './category-is-metas.rule';
import type { CapUsage } from './frequency/cap-usage';
import type { Cap } from './policies/caps';
import { hold, pass, refuse, skip, type Rule } from './rule';

/** Where nobody says when there is room, it is looked at again after this time. */
const lookAgainMs = 5 * 60_000;

interface Inputs {
  readonly purpose: Purpose;
  readonly caps: readonly CapUsage[];
}

export const withinFrequencyCap: Rule<Inputs> = {
  name: 'within-frequency-cap',
  clause: {
    text: 'No person gets more messages in a moving hour, day, week or month than the channel and the workspace allow.',
    source: 'policy "caps", and "caps" of the channel',
  },
  codes: ['frequency-cap'],
  inputs: (facts) => {
    const purpose = purposeOf(facts);
    return { purpose, caps: (facts.caps ?? []).filter(({ cap }) => (cap.purpose ?? purpose) === purpose) };
  },
  judge: ({ purpose, caps }, at) => {
    if (caps.length === 0) return skip(`there is no cap on ${purpose} messages`);
    const full = caps.filter(({ cap, count }) => count >= cap.messages);
    if (full.length === 0) return pass('the person has had fewer messages than each cap allows');
    const because = full.map(said).join('; ');
    if (full.some(({ cap }) => cap.then === 'refuse')) return refuse('frequency-cap', because);
    const until = Math.max(...full.map(({ roomAt }) => (roomAt === undefined ? 0 : Date.parse(roomAt))));
    return hold('frequency-cap', new Date(until > at.getTime() ? until : at.getTime() + lookAgainMs), because);
  },
};

const said = ({ cap, of, count }: CapUsage): string =>
  `the person has had ${count} of ${cap.messages} ${cap.purpose ?? 'messages of any purpose'} in ${timeOf(cap)} by the cap of the ${of}`;

const timeOf = ({ every, unit }: Cap): string => (every === 1 ? `a ${unit}` : `${every} ${unit}s`);
