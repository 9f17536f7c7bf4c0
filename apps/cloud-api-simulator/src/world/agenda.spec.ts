import fc from 'fast-check';
import { Agenda } from './agenda';

describe('the agenda', () => {
  it('gives back everything that is due, earliest first, equal times in the order they came', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), fc.nat(20), (dues, now) => {
        const agenda = new Agenda<{ dueMs: number; nth: number }>();
        dues.forEach((dueMs, nth) => agenda.add({ dueMs, nth }));
        const taken = [];
        for (let item = agenda.take(now); item; item = agenda.take(now)) taken.push(item);
        const all = dues.map((dueMs, nth) => ({ dueMs, nth })).sort((a, b) => a.dueMs - b.dueMs || a.nth - b.nth);
        expect(taken).toEqual(all.filter((item) => item.dueMs <= now));
        expect(agenda.items()).toEqual(all.filter((item) => item.dueMs > now));
      }),
    );
  });
});
