import type { Decider, Outcome } from '@postrider/decider';
import { MessagingLimitChanged, PortfolioDiscovered, type EventOf } from '@postrider/event-contracts';

export type PortfolioEvent = EventOf<typeof PortfolioDiscovered | typeof MessagingLimitChanged>;

export interface Portfolio {
  readonly portfolioId: string;
  readonly name?: string;
  readonly tier?: string;
  /** Unique people in 24 hours; null where Meta sets no limit. */
  readonly limit?: number | null;
}
export type PortfolioState = Portfolio | undefined;

export const portfolio: Decider<PortfolioState, PortfolioEvent> = {
  initial: undefined,
  evolve(state, event) {
    switch (event.type) {
      case 'PortfolioDiscovered':
        return { ...state, ...event.data };
      case 'MessagingLimitChanged':
        return { ...state, ...event.data };
      default:
        return state;
    }
  },
};

/** A portfolio is discovered once, and its limit is a fact whenever it is another one. */
export function observePortfolio(
  seen: {
    readonly portfolioId: string;
    readonly name?: string;
    readonly limit?: { readonly tier: string; readonly limit: number | null };
  },
  state: PortfolioState,
): Outcome<PortfolioEvent, never> {
  const { portfolioId, name, limit } = seen;
  const renamed = name !== undefined && name !== state?.name;
  const changed = limit !== undefined && (state?.tier !== limit.tier || state.limit !== limit.limit);
  return [
    ...(state === undefined || renamed ? [PortfolioDiscovered.of({ portfolioId, name: name ?? state?.name })] : []),
    ...(changed ? [MessagingLimitChanged.of({ portfolioId, ...limit })] : []),
  ];
}
