import { fold, isRefusal } from '@postrider/decider';
import { observePortfolio, portfolio } from './portfolio.decider';

describe('a portfolio', () => {
  const limit = { tier: 'TIER_2K', limit: 2000 };

  it('is discovered with its limit, and says nothing when it is seen as before', () => {
    const first = observePortfolio({ portfolioId: '1500', name: 'Jasper', limit }, undefined);
    if (isRefusal(first)) throw new Error();
    expect(first).toMatchObject([{ type: 'PortfolioDiscovered' }, { type: 'MessagingLimitChanged', data: limit }]);
    const state = fold(portfolio, first);
    expect(observePortfolio({ portfolioId: '1500', name: 'Jasper', limit }, state)).toEqual([]);
    expect(observePortfolio({ portfolioId: '1500' }, state)).toEqual([]);
  });

  it('tells when Meta lifts the limit', () => {
    const state = { portfolioId: '1500', ...limit };
    const lifted = observePortfolio({ portfolioId: '1500', limit: { tier: 'TIER_UNLIMITED', limit: null } }, state);
    expect(lifted).toMatchObject([{ type: 'MessagingLimitChanged', data: { limit: null } }]);
  });
});
