import type { Figures } from '../campaign/figures';

export interface Forecast {
  /** Messages a second: as measured over the last seconds, else as sender, channel and campaign allow. */
  readonly ratePerSecond: number | null;
  readonly measured: boolean;
  readonly remaining: number;
  /** What is held or unknown ends by its own time and is not in this. */
  readonly endsAt: string | null;
}

/** When the last message goes out, if all goes on as it does. */
export function forecast(
  { people, figures }: { people: number; figures: Figures },
  rates: { measured: number | null; allowed: number | undefined; running: boolean },
  from: Date,
): Forecast {
  const remaining = Math.max(0, people - figures.holdout - (figures.targeted - figures.pending));
  const measured = rates.running && rates.measured !== null && rates.measured > 0;
  const rate = measured ? rates.measured : (rates.allowed ?? null);
  const endsAt = rate === null || rate <= 0 ? null : new Date(from.getTime() + (remaining / rate) * 1000).toISOString();
  return { ratePerSecond: rate, measured, remaining, endsAt };
}
