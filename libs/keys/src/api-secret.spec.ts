import { hashOfSecret, isApiSecret, newApiSecret } from './api-secret';

describe("an API key's secret", () => {
  it('is another one each time, of a form that can be told', () => {
    const made = Array.from({ length: 100 }, newApiSecret);
    expect(new Set(made).size).toBe(100);
    expect(made.every(isApiSecret)).toBe(true);
    expect(['', 'pk_short', `sk_${'a'.repeat(43)}`, `pk_${'a'.repeat(44)}`].filter(isApiSecret)).toEqual([]);
  });

  it('has one hash for ever', () => {
    const pinned = 'pk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
    expect(hashOfSecret(pinned)).toBe('fc03697119e33d7be05062769f7244a89202a1f5b264b9a33454f4f33d2e4cee');
    expect(hashOfSecret(newApiSecret())).not.toBe(hashOfSecret(newApiSecret()));
  });
});
