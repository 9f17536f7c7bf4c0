import type { Claim, Row } from './claim';
import { caller, openSmallShop, orderUpdate, pause } from './small-shop';

const seconds = 20;

async function paced(limit: number): Promise<Row> {
  // 20 is what a number has that is shared with the business app, which the simulator has none of: a channel's rate here.
  const shop = await openSmallShop(limit < 80 ? { channel: { ratePerSecond: limit } } : { throughputPerSecond: limit });
  const count = limit * (seconds + 2);
  for (let first = 0; first < count; first += 1_000) {
    const messages = Array.from({ length: Math.min(1_000, count - first) }, (_, place) => orderUpdate(first + place));
    await shop.call('POST', '/v1/messages/batch', { messages });
  }
  const meta = caller(shop.meta.url);
  while ((await meta('GET', '/_sim/messages?limit=1')).total < limit * (seconds + 1)) await pause(100);
  const { data } = await meta('GET', '/_sim/messages?limit=50000');
  await shop.close();
  const times = data.map(({ acceptedAt }) => Date.parse(acceptedAt)).sort((a, b) => a - b);
  // The first second may be a short one: a sender begins with nothing saved up.
  const from = (times[0] ?? 0) + 1_000;
  const within = times.filter((at) => at >= from && at < from + (seconds - 1) * 1_000).length;
  const achieved = within / (seconds - 1);
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
  title: `the rate at which messages arrive at Meta while more of them wait, over ${seconds} seconds`,
  notes: ['Reference: the limit itself. Seen from Meta, in whole milliseconds, so that the way there counts too.'],
  async run() {
    const rows: Row[] = [];
    for (const limit of [20, 80, 1_000]) rows.push(await paced(limit));
    return rows;
  },
};
