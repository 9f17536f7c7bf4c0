import type { Figures } from './figures';
import { foresee } from './foresee';
import type { Held } from './holds';

export interface Forecast {
  /** Messages a second: as measured over the last seconds, else as sender, channel and campaign allow. */
  readonly ratePerSecond: number | null;
  readonly measured: boolean;
  /** Who is pending; who is held is in `holds`. */
  readonly remaining: number;
  /**
   * Pending messages go by the rate, and held ones as soon as what they wait for is over. What is unknown ends by its own
   * time and is not in this, nor whatever will be held and is not yet.
   */
  readonly endsAt: string | null;
}

interface SoFar {
  readonly people: number;
  readonly figures: Figures;
  readonly held: readonly Held[];
}

/** When the last message goes out, if all goes on as it does. */
export function forecast(
  { people, figures, held }: SoFar,
  rates: { measured: number | null; allowed: number | undefined; running: boolean },
  from: Date,
): Forecast {
  const remaining = Math.max(0, people - figures.holdout - (figures.targeted - figures.pending));
  const measured = rates.running && rates.measured !== null && rates.measured > 0;
  const rate = measured ? rates.measured : (rates.allowed ?? null);
  const endsAt = rate === null || rate <= 0 ? undefined : endOf(remaining, held, rate, from);
  return {
    ...{ ratePerSecond: rate, measured, remaining },
    endsAt: endsAt === undefined ? null : new Date(endsAt).toISOString(),
  };
}

function endOf(remaining: number, held: readonly Held[], ratePerSecond: number, from: Date): number | undefined {
  const waiting = held.map(({ people, to }) => ({ people, from: to.getTime(), quiet: [] }));
  return foresee([{ people: remaining, from: 0, quiet: [] }, ...waiting], { ratePerSecond }, from.getTime()).endsAt;
}
