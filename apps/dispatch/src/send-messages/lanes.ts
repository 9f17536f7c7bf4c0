/** The lanes of a sender, and how they share it while all wait. */
export const laneShares = { authentication: 4, utility: 2, marketing: 1 } as const;

export type LaneName = keyof typeof laneShares;
export type PerLane = Readonly<Record<LaneName, number>>;

export const laneNames = Object.keys(laneShares) as readonly LaneName[];

/** What each lane is owed from earlier rounds; keeps the shares right when a round is smaller than their sum. */
export const noCredit: PerLane = { authentication: 0, utility: 0, marketing: 0 };

/**
 * Shares `budget` sends among lanes in which so many wait. While all wait the shares are 4 : 2 : 1; what a lane does not
 * need is passed on, so nothing is left while anything waits. A lane that stands empty gathers no credit.
 */
export function allot(
  budget: number,
  waiting: PerLane,
  credit: PerLane = noCredit,
): { readonly allotted: PerLane; readonly credit: PerLane } {
  const left = { ...waiting };
  const owed = { ...credit };
  const allotted = { authentication: 0, utility: 0, marketing: 0 };
  for (let spent = 0; spent < budget; spent++) {
    const open = laneNames.filter((lane) => left[lane] > 0);
    const next = pick(open, owed);
    if (next === undefined) break;
    left[next]--;
    allotted[next]++;
  }
  for (const lane of laneNames) if (left[lane] === 0) owed[lane] = 0;
  return { allotted, credit: owed };
}

/** Smooth weighted round robin: every open lane earns its share, and the one that is owed most goes and pays for all. */
function pick(open: readonly LaneName[], owed: Record<LaneName, number>): LaneName | undefined {
  let next: LaneName | undefined;
  let round = 0;
  for (const lane of open) {
    owed[lane] += laneShares[lane];
    round += laneShares[lane];
    if (next === undefined || owed[lane] > owed[next]) next = lane;
  }
  if (next !== undefined) owed[next] -= round;
  return next;
}
