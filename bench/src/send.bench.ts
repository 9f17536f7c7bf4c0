import { Client } from 'pg';
import type { Claim, Row } from './claim';
import { openDispatchAlone } from './dispatch-alone';
import { quantile } from './quantile';
import { postAll } from './send.reference';
import { caller, openSmallShop, orderUpdate, pause, phoneOf, startMeta, type SmallShop } from './small-shop';

/** Thousands of messages; 60 is a minute at a number's full rate. */
const thousands = Number(process.env.BENCH_THOUSANDS ?? 15);

interface Sending extends Pick<SmallShop, 'postrider' | 'call'> {
  readonly dispatchUrl: string;
}

/** From the first request to the last recorded outcome; requests come in batches, never far ahead of the sending. */
async function atFullRate(what: string, shop: Sending): Promise<Row> {
  const log = await logOf(shop);
  const before = await shop.postrider.usage();
  const began = performance.now();
  for (let batch = 0; batch < thousands; batch++) {
    const messages = Array.from({ length: 1_000 }, (_, place) => orderUpdate(batch * 1_000 + place));
    await shop.call('POST', '/v1/messages/batch', { messages });
    while ((await log.outcomes()) < batch * 1_000 - 2_000) await pause(20);
  }
  const requestedMs = performance.now() - began;
  while ((await log.outcomes()) < thousands * 1_000) await pause(50);
  const recordedMs = performance.now() - began;
  const after = await shop.postrider.usage();
  const steady = await log.steadyRate();
  await log.end();
  const count = thousands * 1_000;
  return {
    what,
    messages: count,
    'a second': Math.round((count * 1_000) / recordedMs),
    'steady a second': Math.round(steady),
    'requests taken a second': Math.round((count * 1_000) / requestedMs),
    'cpu ms each': (after.cpuMs - before.cpuMs) / count,
    'round trips each': (after.roundTrips - before.roundTrips) / count,
    'memory MB': Math.round(after.rssBytes / 1e6),
  };
}

/** Single requests at a steady pace; Meta's clock and ours are the machine's. */
async function atHalfLoad(shop: SmallShop, perSecond: number): Promise<Row> {
  const seconds = 8;
  const askedAt = new Map<string, number>();
  const asking: Promise<unknown>[] = [];
  const first = 10_000_000;
  const began = performance.now();
  for (let place = 0; place < perSecond * seconds; place++) {
    const due = began + (place * 1_000) / perSecond;
    if (due > performance.now()) await pause(due - performance.now());
    askedAt.set(phoneOf(first + place).slice(1), Date.now());
    asking.push(shop.call('POST', '/v1/messages', orderUpdate(first + place)));
  }
  await Promise.all(asking);
  const meta = caller(shop.meta.url);
  while ((await meta('GET', '/_sim/messages?limit=1')).total < thousands * 1_000 + asking.length) await pause(100);
  const { data } = await meta('GET', '/_sim/messages?limit=50000');
  const waits = data.flatMap(({ to, acceptedAt }) => {
    const asked = askedAt.get(to.replace(/\D/g, ''));
    return asked === undefined ? [] : [Date.parse(acceptedAt) - asked];
  });
  return {
    what: `at half load, ${perSecond} single requests a second`,
    messages: waits.length,
    'request to POST p50 ms': quantile(waits, 0.5),
    'request to POST p99 ms': quantile(waits, 0.99),
  };
}

async function logOf({ dispatchUrl: connectionString }: Sending) {
  const client = new Client({ connectionString });
  await client.connect();
  const accepted = `select at from log.event where type like '%message-accepted%'`;
  const one = async (sql: string): Promise<number> => {
    const { rows } = await client.query<{ value: string }>(sql);
    return Number(rows[0]?.value);
  };
  return {
    outcomes: () => one(`select count(*) as value from (${accepted}) as accepted`),
    /** Between the first and the last tenth. */
    steadyRate: () =>
      one(`
        with accepted as (${accepted}),
        bounds as (
          select percentile_disc(0.1) within group (order by at) as first,
                 percentile_disc(0.9) within group (order by at) as last
            from accepted)
        select count(*) / extract(epoch from max(last) - min(first)) as value
          from accepted, bounds where at between first and last`),
    end: () => client.end(),
  };
}

/** With nobody to take webhooks or to fold. */
async function dispatchAlone(): Promise<Row> {
  const { close, ...sending } = await openDispatchAlone(1_000);
  const row = await atFullRate('dispatch alone, one number of 1,000 a second', sending);
  await close();
  return row;
}

/** The bare loop, alone with a simulator of its own. */
async function bareLoop(): Promise<number> {
  const meta = await startMeta();
  await postAll(meta.url, 2_000);
  const perSecond = await postAll(meta.url, thousands * 1_000);
  await meta.stop();
  return perSecond;
}

/** Messages a second from accepted request to recorded outcome. */
export const claim: Claim = {
  title: 'messages from accepted request to recorded outcome',
  notes: [
    'Reference: a bare loop of undici posts to the same simulator over 64 connections, with nothing stored.',
    'All services in one process also take the webhooks of each message (sent, delivered, read) and fold them.',
    'The number may send 1,000 a second: more than that nobody may. BENCH_THOUSANDS=60 sends for a minute.',
  ],
  async run() {
    const bare = await bareLoop();
    const alone = await dispatchAlone();
    const shop = await openSmallShop();
    const dispatchUrl = Object.assign(new URL(shop.database.url), { pathname: '/postrider_dispatch' }).toString();
    const full = await atFullRate('all services in one process, the same number', { ...shop, dispatchUrl });
    // Statuses and folds run behind.
    while ((await shop.call('GET', '/v1/reports/delivery')).data[0]?.read !== thousands * 1_000) await pause(200);
    const half = await atHalfLoad(shop, Math.round(Number(full['steady a second']) / 2));
    await shop.close();
    return [
      alone,
      full,
      half,
      { what: 'reference: bare loop', messages: thousands * 1_000, 'a second': Math.round(bare) },
    ];
  },
};
