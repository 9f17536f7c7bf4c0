import { inFlight, inFlightAtFirst } from './in-flight';

/** A world that takes one request after the other, so many a second; answers what it was asked to bear, and what timed out. */
function served(perSecond: number, { timeoutMs, askedPerSecond }: { timeoutMs: number; askedPerSecond: number }) {
  const limit = inFlight(timeoutMs);
  const underWay: { endsAtMs: number; beganAtMs: number }[] = [];
  let freeAtMs = 0;
  let answered = 0;
  let late = 0;
  let asked = 0;
  for (let now = 0; now < 60_000; now++) {
    while (underWay[0] !== undefined && underWay[0].endsAtMs <= now) {
      const { beganAtMs } = underWay.shift()!;
      answered++;
      if (now - beganAtMs > timeoutMs) late++;
      limit.answered(now - beganAtMs, now);
    }
    for (; asked < (now * askedPerSecond) / 1_000 && underWay.length < limit.most(); asked++) {
      freeAtMs = Math.max(now, freeAtMs) + 1_000 / perSecond;
      underWay.push({ beganAtMs: now, endsAtMs: freeAtMs });
    }
  }
  return { answered, late };
}

it('lets nothing time out in a world that is slower than the rate, and keeps it busy', () => {
  const { answered, late } = served(40, { timeoutMs: 8_000, askedPerSecond: 1_000 });
  expect(late).toBe(0);
  expect(answered).toBeGreaterThan(40 * 60 * 0.95);
});

it('grows at once to what a fast number needs over a long way', () => {
  const limit = inFlight(8_000);
  for (let round = 0, now = 0; round < 4; round++, now += 300) {
    for (let answers = limit.most(); answers > 0; answers--) limit.answered(300, now);
  }
  expect(limit.most()).toBe(1_000);
});

it('shrinks once for what was late together', () => {
  const limit = inFlight(8_000);
  for (let answers = 0; answers < 50; answers++) limit.answered(8_000, 10_000);
  expect(limit.most()).toBe(Math.floor(inFlightAtFirst * 0.6));
});
