import fc from 'fast-check';
import { roomFor } from './room-for';

it('leaves to sending what does not come in, and never nothing', () => {
  expect(roomFor(80, 0)).toBe(80);
  expect(roomFor(80, 30)).toBe(50);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), fc.nat({ max: 5_000 }), (throughput, inbound) => {
      const room = roomFor(throughput, inbound);
      expect(room).toBeGreaterThan(0);
      if (inbound <= 0.9 * throughput) expect(room + inbound).toBeLessThanOrEqual(throughput + 1e-9);
    }),
  );
});
