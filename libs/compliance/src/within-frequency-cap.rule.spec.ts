import fc from 'fast-check';
import { exampleFacts } from './example-facts';
import { capUsage, type CapUsage, type Counted } from './frequency/cap-usage';
import { Cap, capWindowMs } from './policies/caps';
import { specify } from './rule-table';
import { withinFrequencyCap } from './within-frequency-cap.rule';

const cap = (said: object) => Cap.parse({ messages: 3, unit: 'day', ...said });
const used = (count: number, said: object = {}, roomAt?: string): CapUsage => ({
  cap: cap(said),
  of: 'workspace',
  count,
  ...(roomAt === undefined ? {} : { roomAt }),
});
const facts = (...caps: CapUsage[]) => exampleFacts({ caps });

specify(withinFrequencyCap, [
  ['no caps', exampleFacts(), 'skip'],
  ['fewer than the cap allows', facts(used(2)), 'pass'],
  ['as many as the cap allows', facts(used(3)), 'hold frequency-cap'],
  ['as many, where that is refused', facts(used(3, { then: 'refuse' })), 'refuse frequency-cap'],
  ['one of two caps is used up', facts(used(0), used(3, { unit: 'week' })), 'hold frequency-cap'],
  ['a cap on another purpose is used up', facts(used(3, { purpose: 'transactional' })), 'skip'],
  ['a cap on this purpose is used up', facts(used(3, { purpose: 'marketing' })), 'hold frequency-cap'],
]);

describe('how long within-frequency-cap holds', () => {
  it('holds until there is room under every cap', () => {
    const given = facts(used(3, {}, '2026-03-10T20:00:00.000Z'), used(3, { unit: 'week' }, '2026-03-12T08:00:00.000Z'));
    expect(withinFrequencyCap.judge(withinFrequencyCap.inputs(given), given.at)).toMatchObject({
      until: new Date('2026-03-12T08:00:00.000Z'),
    });
  });
});

describe('the use of a cap', () => {
  const at = new Date('2026-03-10T12:00:00.000Z');
  const sent = (hoursAgo: number, changes: Partial<Counted> = {}): Counted => ({
    at: new Date(at.getTime() - hoursAgo * 3_600_000),
    purpose: 'marketing',
    channelId: 'a',
    ...changes,
  });
  const use = (said: object, of: CapUsage['of'], messages: Counted[]) =>
    capUsage({ cap: cap(said), of, channelId: 'a' }, messages, at);

  it('counts over all channels for the workspace, and over its own for a channel', () => {
    const messages = [sent(1), sent(2, { channelId: 'b' })];
    expect(use({}, 'workspace', messages).count).toBe(2);
    expect(use({}, 'channel', messages).count).toBe(1);
  });

  it('counts one purpose where the cap names it', () => {
    const messages = [sent(1), sent(2, { purpose: 'transactional' })];
    expect(use({ purpose: 'marketing' }, 'workspace', messages).count).toBe(1);
  });

  it('forgets a message exactly when its time is over', () => {
    expect(use({}, 'workspace', [sent(24)]).count).toBe(0);
    expect(use({}, 'workspace', [sent(24 - 1 / 3_600_000)]).count).toBe(1);
  });

  it('has room again when the oldest that fills it leaves', () => {
    const usage = use({ messages: 2 }, 'workspace', [sent(20), sent(3), sent(2)]);
    expect(usage).toMatchObject({ count: 3, roomAt: '2026-03-11T09:00:00.000Z' });
  });

  it('never lets more through in any window than the cap allows, asked one after the other', () => {
    const arrivals = fc.array(fc.integer({ min: 0, max: 40 * 3_600_000 }), { maxLength: 60 });
    const caps = fc.record({
      messages: fc.integer({ min: 1, max: 4 }),
      every: fc.integer({ min: 1, max: 6 }),
      unit: fc.constantFrom('hour' as const, 'day' as const),
    });
    fc.assert(
      fc.property(arrivals, caps, (offsets, said) => {
        const gone: Counted[] = [];
        for (const offset of offsets.sort((a, b) => a - b)) {
          const now = new Date(at.getTime() + offset);
          const usage = capUsage({ cap: cap(said), of: 'workspace', channelId: 'a' }, gone, now);
          const given = exampleFacts({ at: now, caps: [usage] });
          const { verdict } = withinFrequencyCap.judge(withinFrequencyCap.inputs(given), now);
          if (verdict === 'pass') gone.push({ at: now, purpose: 'marketing', channelId: 'a' });
        }
        const windowMs = capWindowMs(cap(said));
        return gone.every(
          (_, index) =>
            index < said.messages || gone[index]!.at.getTime() - gone[index - said.messages]!.at.getTime() >= windowMs,
        );
      }),
    );
  });
});
