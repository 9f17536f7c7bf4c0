import { bucketsOf, sumOf } from './buckets';
import type { Call } from './http';

/** Looks at the totals all the while, and remembers when they did not add up. */
export function sampledTotals(call: Call): { stop(): Promise<{ samples: number; wrong: object[] }> } {
  let going = true;
  let samples = 0;
  const wrong: object[] = [];
  const looking = (async () => {
    while (going) {
      const { status, body } = await call('GET', '/v1/reports/delivery');
      if (status === 200) {
        const buckets = bucketsOf(body);
        samples += 1;
        if (sumOf(buckets) !== buckets.targeted) wrong.push(buckets);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  return {
    async stop() {
      going = false;
      await looking;
      return { samples, wrong };
    },
  };
}
