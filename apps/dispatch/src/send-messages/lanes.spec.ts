import fc from 'fast-check';
import { allot, laneNames, laneShares, noCredit, type PerLane } from './lanes';

const many: PerLane = { authentication: 1e6, utility: 1e6, marketing: 1e6 };
const waiting = fc.record({
  authentication: fc.nat({ max: 60 }),
  utility: fc.nat({ max: 60 }),
  marketing: fc.nat({ max: 60 }),
});
const total = (counts: PerLane) => laneNames.reduce((sum, lane) => sum + counts[lane], 0);

describe('lanes', () => {
  it('share 4 : 2 : 1 while all wait', () => {
    expect(allot(70, many).allotted).toEqual({ authentication: 40, utility: 20, marketing: 10 });
  });

  it('keep the shares over rounds smaller than their sum', () => {
    let credit = noCredit;
    const sent = { authentication: 0, utility: 0, marketing: 0 };
    for (let round = 0; round < 700; round++) {
      const turn = allot(1, many, credit);
      credit = turn.credit;
      for (const lane of laneNames) sent[lane] += turn.allotted[lane];
    }
    expect(sent).toEqual({ authentication: 400, utility: 200, marketing: 100 });
  });

  it('leave nothing over while anything waits, and give no lane more than waits in it', () => {
    fc.assert(
      fc.property(fc.nat({ max: 200 }), waiting, (budget, counts) => {
        const { allotted } = allot(budget, counts);
        expect(total(allotted)).toBe(Math.min(budget, total(counts)));
        for (const lane of laneNames) expect(allotted[lane]).toBeLessThanOrEqual(counts[lane]);
      }),
    );
  });

  it('starve none: whoever always waits gets its share over any run of rounds, within one round of shares', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 20 }), waiting), { maxLength: 50 }), (rounds) => {
        let credit = noCredit;
        let budgets = 0;
        let marketing = 0;
        for (const [budget, counts] of rounds) {
          const turn = allot(budget, { ...counts, marketing: 1e6 }, credit);
          credit = turn.credit;
          budgets += budget;
          marketing += turn.allotted.marketing;
        }
        expect(marketing).toBeGreaterThanOrEqual(Math.floor((budgets * laneShares.marketing) / 7) - 7);
      }),
    );
  });
});
