import type { Claim, Row } from './claim';
import { openDispatchAlone } from './dispatch-alone';
import { orderUpdate, pause } from './small-shop';

const seconds = 20;
/** One message, generously. */
const takingMs = 1.5;

async function paced(limit: number): Promise<Row> {
  const { postrider, call, close } = await openDispatchAlone(limit);
  const count = limit * (seconds + 3);
  // All are taken before the first is due, so that taking them does not weigh on sending them.
  const scheduledAt = new Date(Date.now() + 2_000 + count * takingMs).toISOString();
  for (let first = 0; first < count; first += 1_000) {
    const messages = Array.from({ length: Math.min(1_000, count - first) }, (_, place) => ({
      ...orderUpdate(first + place),
      scheduledAt,
    }));
    await call('POST', '/v1/messages/batch', { messages });
  }
  let times = await postrider.departures();
  while ((times.at(-1) ?? 0) - (times[0] ?? 0) < seconds * 1_000 && times.length < count) {
    await pause(500);
    times = await postrider.departures();
  }
  await close();
  // The first second may be a short one: a sender begins with nothing saved up.
  const from = (times[0] ?? 0) + 1_000;
  const achieved = times.filter((at) => at >= from && at < from + (seconds - 1) * 1_000).length / (seconds - 1);
  return {
    limit,
    'achieved a second': achieved,
    'under the limit %': ((limit - achieved) / limit) * 100,
    'most in any second': mostInAnySecond(times),
  };
}

/** Over every window of a second, wherever it begins. */
function mostInAnySecond(times: readonly number[]): number {
  let most = 0;
  for (let first = 0, last = 0; last < times.length; last++) {
    while ((times[last] ?? 0) - (times[first] ?? 0) >= 1_000) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** How near to a number's limit messages leave, and that no second has more. */
export const claim: Claim = {
  title: `the rate at which messages leave while more of them wait, over ${seconds} seconds`,
  notes: [
    'Reference: the limit itself. Measured as the request is written to its connection; all were asked for before.',
  ],
  async run() {
    const rows: Row[] = [];
    for (const limit of process.env.L ? [Number(process.env.L)] : [20, 80, 1_000]) rows.push(await paced(limit));
    return rows;
  },
};
