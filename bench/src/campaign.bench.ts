import { Readable } from 'node:stream';
import type { Claim, Row } from './claim';
import { quantile } from './quantile';
import { openShopApart } from './shop-apart';
import { openSmallShop, orderUpdate, pause, phoneOf, waitsOf, type Shop } from './small-shop';

const people = Number(process.env.BENCH_PEOPLE ?? 100_000);
const ordersPerSecond = 10;
/** Numbers of buyers, beyond those of the audience. */
const firstBuyer = 50_000_000;

/** A marketing channel beside the shop's own, on the same number. */
async function openMarketing({ call }: Shop): Promise<void> {
  const [account] = (await call('GET', '/v1/business-accounts')).data;
  const readiness = `/v1/business-accounts/${account!.id}/readiness`;
  const { missing } = await call('GET', readiness);
  await call('PUT', readiness, Object.fromEntries(missing.map((item) => [item, { confirmed: true, by: 'bench' }])));
  const settings = { name: 'news', senderId: account!.senders[0]!.id, purpose: 'marketing' };
  const { id } = await call('POST', '/v1/channels', settings);
  await call('POST', `/v1/channels/${id}/activate`);
}

/** Readers that have only just begun may be late: what was said is kept, and may be said again. */
async function patiently(ask: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      return void (await ask());
    } catch (error) {
      if (!String(error).includes('answered 503')) throw error;
      await pause(500);
    }
  }
}

async function consentOfAll({ call }: Shop): Promise<void> {
  const said = { purpose: 'marketing', state: 'granted', source: 'form' };
  for (let first = 0; first < people; first += 1_000) {
    const all = Array.from({ length: Math.min(1_000, people - first) }, (_, index) => phoneOf(first + index));
    const consents = all.map((phone) => ({ contact: { phone }, ...said }));
    await patiently(() => call('POST', '/v1/consents', consents));
  }
}

async function readyCampaign({ call, upload }: Shop): Promise<string> {
  const template = { name: 'welcome', language: 'en_US' };
  const { id } = await call('POST', '/v1/campaigns', {
    ...{ name: 'bench', channel: 'news', template, variables: ['{{ name }}'] },
  });
  function* lines() {
    yield 'phone,name\n';
    for (let place = 0; place < people; place++) yield `${phoneOf(place)},Person ${place}\n`;
  }
  await upload(`/v1/campaigns/${id}/audience`, Readable.from(lines()));
  return id;
}

/** Asks for orders at a steady pace until told to end; answers when each was asked for, by the number's digits. */
function orderOnAndOn({ call }: Shop) {
  const askedAt = new Map<string, number>();
  const asking: Promise<unknown>[] = [];
  let place = firstBuyer;
  const timer = setInterval(() => {
    askedAt.set(phoneOf(place).slice(1), Date.now());
    asking.push(call('POST', '/v1/messages', orderUpdate(place++)));
  }, 1_000 / ordersPerSecond);
  return async (): Promise<ReadonlyMap<string, number>> => {
    clearInterval(timer);
    await Promise.all(asking);
    return askedAt;
  };
}

async function orders(what: string, shop: Shop, meanwhile: () => Promise<Row>): Promise<Row> {
  const end = orderOnAndOn(shop);
  const row = await meanwhile();
  const askedAt = await end();
  let waits: number[] = [];
  while (waits.length < askedAt.size) {
    await pause(200);
    waits = await waitsOf(shop, askedAt);
  }
  return {
    what,
    ...row,
    orders: waits.length,
    'order p50 ms': quantile(waits, 0.5),
    'order p99 ms': quantile(waits, 0.99),
    'order max ms': Math.max(...waits),
  };
}

/** A campaign and the orders beside it, and before it the orders alone. */
async function besideCampaign(where: string, shop: Shop): Promise<Row[]> {
  await openMarketing(shop);
  await consentOfAll(shop);
  const id = await readyCampaign(shop);
  const alone = await orders(`reference: no campaign, ${where}`, shop, async () => {
    await pause(10_000);
    return {};
  });
  const beside = await orders(`beside the campaign, ${where}`, shop, async () => {
    const began = performance.now();
    await shop.call('POST', `/v1/campaigns/${id}/launch`);
    for (;;) {
      const { state, progress } = await shop.call('GET', `/v1/campaigns/${id}`);
      if (state === 'finished') {
        const perSecond = Math.round((progress.sent * 1_000) / (performance.now() - began));
        return { sent: progress.sent, 'a second': perSecond };
      }
      if (state !== 'running' && state !== 'scheduled') throw new Error(`the campaign is ${state}`);
      await pause(500);
    }
  });
  await shop.close();
  return [beside, alone];
}

const parts: Record<string, () => Promise<Row[]>> = {
  one: async () => besideCampaign('in one process', await openSmallShop()),
  apart: async () => besideCampaign('a process a service', await openShopApart()),
};

/** How long transactional messages wait while a campaign goes out on the same number. */
export const claim: Claim = {
  title: `what a campaign to ${people.toLocaleString('en')} does to transactional messages of the same number`,
  notes: [
    'Reference: the same orders, ten a second, with no campaign.',
    'An order counts from the request for it until Meta has taken it. BENCH_PEOPLE sets how many the campaign goes to.',
    'BENCH_PARTS=one has everything in one process; apart, which needs a Kafka, a process for each service, all on this machine.',
  ],
  async run() {
    const rows: Row[] = [];
    for (const part of (process.env.BENCH_PARTS ?? 'one').split(',')) {
      const run = parts[part];
      if (!run) throw new Error(`BENCH_PARTS chooses among ${Object.keys(parts).join(', ')}; it says ${part}.`);
      rows.push(...(await run()));
    }
    return rows;
  },
};
