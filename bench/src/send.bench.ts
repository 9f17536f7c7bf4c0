import { randomBytes } from 'node:crypto';
import { kafkaCommands } from '@postrider/messaging';
import { defaultWorkspaceId as workspaceId } from '@postrider/service-host';
import { ownKafka } from '@postrider/test-backends';
import type { Claim, Row } from './claim';
import { openDispatchAlone, type OnKafka } from './dispatch-alone';
import { atFullRate, thousands } from './full-rate';
import { quantile } from './quantile';
import { postAll } from './send.reference';
import {
  caller,
  openSmallShop,
  orderUpdate,
  pause,
  phoneOf,
  startMeta,
  waitsOf,
  type Call,
  type SmallShop,
} from './small-shop';

const orders = (first: number, count: number) =>
  Array.from({ length: count }, (_, place) => orderUpdate(first + place));

const byHttp = (call: Call) => (first: number, count: number) =>
  call('POST', '/v1/messages/batch', { messages: orders(first, count) });

/** Single requests at a steady pace, each until Meta takes its message; Meta's clock and ours are the machine's. */
async function atSteadyLoad(shop: SmallShop, what: string, perSecond: number): Promise<Row> {
  await atRest(shop.postrider);
  const seconds = 8;
  const askedAt = new Map<string, number>();
  const asking: Promise<unknown>[] = [];
  const first = 10_000_000 + perSecond * 1_000;
  const meta = caller(shop.meta.url);
  const { total: before } = await meta('GET', '/_sim/messages?limit=1');
  const used = await shop.postrider.usage();
  const began = performance.now();
  for (let place = 0; place < perSecond * seconds; place++) {
    const due = began + (place * 1_000) / perSecond;
    if (due > performance.now()) await pause(due - performance.now());
    askedAt.set(phoneOf(first + place).slice(1), Date.now());
    asking.push(shop.call('POST', '/v1/messages', orderUpdate(first + place)));
  }
  await Promise.all(asking);
  while ((await meta('GET', '/_sim/messages?limit=1')).total < before + asking.length) await pause(100);
  const waits = await waitsOf(shop, askedAt, before);
  // With all that follows from them.
  await atRest(shop.postrider);
  const after = await shop.postrider.usage();
  return {
    what: `${what}, ${perSecond} single requests a second`,
    messages: waits.length,
    'cpu ms each': (after.cpuMs - used.cpuMs) / asking.length,
    'round trips each': (after.roundTrips - used.roundTrips) / asking.length,
    'request to POST p50 ms': quantile(waits, 0.5),
    'request to POST p99 ms': quantile(waits, 0.99),
  };
}

/** Once a process does next to nothing any more. */
async function atRest({ usage }: SmallShop['postrider']): Promise<void> {
  for (let before = (await usage()).cpuMs; ;) {
    await pause(1_000);
    const { cpuMs } = await usage();
    if (cpuMs - before < 250) return;
    before = cpuMs;
  }
}

/** With nobody to take webhooks or to fold. */
async function dispatchAlone(): Promise<Row[]> {
  const shop = await openDispatchAlone(1_000);
  const row = await atFullRate('dispatch alone, one number of 1,000 a second', { ...shop, ask: byHttp(shop.call) });
  await shop.close();
  return [row];
}

/** The same where dispatch's own events, and the commands, go by a real Kafka. */
async function dispatchOnKafka(): Promise<Row[]> {
  const broker = await ownKafka().catch((error: unknown) => String(error));
  if (typeof broker === 'string') return [{ what: `passed over, as there is no Kafka: ${broker}` }];
  const on = (name: string): OnKafka => ({
    brokers: broker.brokers,
    installation: `${name}-${randomBytes(4).toString('hex')}`,
  });
  const asked = await openDispatchAlone(1_000, on('http'));
  const http = await atFullRate('the same on Kafka, asked by HTTP', { ...asked, ask: byHttp(asked.call) });
  await asked.close();
  const where = on('commands');
  const commanded = await openDispatchAlone(1_000, where);
  const commands = kafkaCommands({ ...where, clientId: 'bench', shards: 4 });
  const ask = (first: number, count: number) =>
    Promise.all(
      orders(first, count).map((value) =>
        commands.publish({ workspaceId, idempotencyKey: value.to.phone, key: value.to.phone, value }),
      ),
    );
  const byCommands = await atFullRate('the same on Kafka, asked by commands', { ...commanded, ask });
  await commands.close();
  await commanded.close();
  await broker.close();
  return [http, byCommands];
}

async function everything(): Promise<Row[]> {
  const shop = await openSmallShop();
  const dispatchUrl = Object.assign(new URL(shop.database.url), { pathname: '/postrider_dispatch' }).toString();
  const sending = { ...shop, dispatchUrl, ask: byHttp(shop.call) };
  const full = await atFullRate('all services in one process, the same number', sending);
  // Statuses and folds run behind.
  while ((await shop.call('GET', '/v1/reports/delivery')).data[0]?.read !== thousands * 1_000) await pause(200);
  const single = [
    await atSteadyLoad(shop, 'at little load', 10),
    await atSteadyLoad(shop, 'at more load', 30),
    await atSteadyLoad(shop, 'at half load', Math.round(Number(full['steady a second']) / 2)),
  ];
  await shop.close();
  return [full, ...single];
}

/** The bare loop, alone with a simulator of its own. */
async function bareLoop(): Promise<Row[]> {
  const meta = await startMeta();
  await postAll(meta.url, 2_000);
  const perSecond = await postAll(meta.url, thousands * 1_000);
  await meta.stop();
  return [{ what: 'reference: bare loop', messages: thousands * 1_000, 'a second': Math.round(perSecond) }];
}

const parts = { alone: dispatchAlone, kafka: dispatchOnKafka, everything, reference: bareLoop };

/** Messages a second from accepted request to recorded outcome. */
export const claim: Claim = {
  title: 'messages from accepted request to recorded outcome',
  notes: [
    'Reference: a bare loop of undici posts to the same simulator over 64 connections, with nothing stored.',
    'All services in one process also take the webhooks of each message (sent, delivered, read) and fold them.',
    'On Kafka the broker shares the machine too; dispatch hears its own events by it, as in the distributed form.',
    'The number may send 1,000 a second: more than that nobody may. BENCH_THOUSANDS=60 sends for a minute,',
    `BENCH_PARTS chooses among ${Object.keys(parts).join(',')}, BENCH_CPU_PROF=<folder> leaves profiles.`,
  ],
  async run() {
    const wanted = process.env.BENCH_PARTS?.split(',') ?? Object.keys(parts);
    const rows: Row[] = [];
    for (const [name, run] of Object.entries(parts)) if (wanted.includes(name)) rows.push(...(await run()));
    return rows;
  },
};
