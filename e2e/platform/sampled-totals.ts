import { setTimeout as pause } from 'node:timers/promises';
import { bucketsOf, sumOf, type Buckets } from './buckets';
import type { Call } from './http';

const everyMs = 100;
const wrong: Buckets[] = [];
let watched = 0;
let samples = 0;
let stop = (): void => undefined;
const stopped = new Promise<void>((resolve) => (stop = resolve));

/** Every story that starts a Postrider ends with this: its totals were right whenever they were looked at. */
afterAll(() => {
  stop();
  expect(wrong).toEqual([]);
  if (watched > 0) expect(samples).toBeGreaterThan(0);
});

/** Looks at the totals until what is called has ended, or the story has. What does not answer, as it is down or asleep, has none. */
export function sampleTotals(call: Call, ended: Promise<unknown> = stopped): void {
  watched++;
  const over = Promise.race([ended, stopped]).then(() => 'over' as const);
  const look = async (): Promise<void> => {
    for (;;) {
      const answer = await Promise.race([call('GET', '/v1/reports/delivery').catch(() => undefined), over]);
      if (answer === 'over') return;
      if (answer?.status === 200) {
        samples++;
        const buckets = bucketsOf(answer.body);
        if (!areRight(buckets)) wrong.push(buckets);
      }
      await pause(everyMs);
    }
  };
  void look();
}

/** Each message is in exactly one bucket, and what was read was delivered, and was sent. */
const areRight = (buckets: Buckets): boolean =>
  sumOf(buckets) === buckets.targeted && buckets.sent >= buckets.delivered && buckets.delivered >= buckets.read;
