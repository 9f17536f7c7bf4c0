import type { RecordedEvent } from '@postrider/event-contracts';
import fc from 'fast-check';
import { consecutive } from './consecutive';

const at = (position: number) => ({ position }) as RecordedEvent;
const positions = (events: readonly RecordedEvent[]) => events.map((event) => event.position);

describe('what follows a position', () => {
  it('passes over what was dealt with, at the front or in between', () => {
    const { fresh, hole, duplicates } = consecutive([2, 3, 4, 5, 4, 5, 6].map(at), 3);
    expect({ fresh: positions(fresh), hole, duplicates }).toEqual({ fresh: [4, 5, 6], hole: undefined, duplicates: 4 });
  });

  it('ends before a hole, and names the event after it', () => {
    const { fresh, hole } = consecutive([4, 5, 7, 8].map(at), 3);
    expect({ fresh: positions(fresh), hole: hole?.position }).toEqual({ fresh: [4, 5], hole: 7 });
  });

  it('never skips and never repeats, whatever arrives', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 })), fc.integer({ min: 0, max: 30 }), (arrived, after) => {
        const { fresh } = consecutive(arrived.map(at), after);
        expect(positions(fresh)).toEqual(fresh.map((_, index) => after + 1 + index));
      }),
    );
  });
});
