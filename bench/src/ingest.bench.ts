import { randomBytes } from 'node:crypto';
import { ownPostgres } from '@postrider/test-backends';
import type { Claim, Row } from './claim';
import { lagAt } from './ingest-lag';
import { startMeasured, type MeasuredProcess } from './measured-process';
import { poster } from './poster';
import { pacedAt, repeat } from './repeat';
import { delivery } from './signed-deliveries';
import type { Lag } from './watch-lag';

const cases = [
  { connections: 20, updates: 1 },
  { connections: 100, updates: 1 },
  { connections: 10, updates: 100 },
];

async function measure(what: string, subject: MeasuredProcess, path: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { connections, updates } of cases) {
    // A body of its own each time, so that nothing is passed over as known.
    const { post, close } = poster(`${subject.url}${path}`, connections, () => delivery(updates));
    const before = await subject.usage();
    let posts = 0;
    const { perSecond, p50Ms, p99Ms } = await repeat(connections, () => post().then(() => void posts++));
    const after = await subject.usage();
    const atHalf = await pacedAt(perSecond / 2, post);
    await close();
    rows.push({
      what,
      connections,
      'updates each': updates,
      'deliveries a second': Math.round(perSecond),
      'updates a second': Math.round(perSecond * updates),
      'p50 ms': p50Ms,
      'p99 ms': p99Ms,
      'p50 at half': atHalf.p50Ms,
      'p99 at half': atHalf.p99Ms,
      'cpu ms each': (after.cpuMs - before.cpuMs) / posts,
      'round trips each': (after.roundTrips - before.roundTrips) / posts,
      'memory MB': Math.round(after.rssBytes / 1e6),
    });
  }
  return rows;
}

const lagColumns = (lag: Lag | undefined): Row =>
  lag === undefined ? {} : { 'lag p50': lag.p50Ms, 'lag p99': lag.p99Ms, 'lag max': lag.maxMs };

/** Signed deliveries a second, durable before the 200. */
export const claim: Claim = {
  title: 'signed webhook deliveries, durable before the 200',
  notes: [
    'Reference: HMAC check, one group-committed multi-row insert of a row an update, 200.',
    'The webhooks service runs alone in its process, as in the distributed form.',
    'At half: times at half of that rate, each delivery at its time whether the one before was answered or not.',
    'Lag: milliseconds that projections, in a third process behind the log of webhooks, are behind at half of the rate, for',
    '10 s, with sent, delivered and read of each message and an answer to it; looked at every 20 ms.',
  ],
  async run() {
    const server = await ownPostgres({ durable: true });
    const keys = {
      POSTRIDER_API_KEY: randomBytes(24).toString('hex'),
      POSTRIDER_MASTER_KEY: randomBytes(32).toString('base64'),
    };
    const webhooks = await startMeasured('apps/webhooks/src/testing/serve-webhooks.ts', {
      env: { ...keys, DATABASE_URL: await server.newDatabase('webhooks') },
    });
    const ours = await measure('webhooks', webhooks, '/webhooks/meta');
    await webhooks.stop();
    const bare = await startMeasured('bench/src/serve-bare-webhook.ts', {
      env: { DATABASE_URL: await server.newDatabase('bare') },
    });
    const reference = await measure('reference: bare', bare, '/');
    await bare.stop();
    const paces = cases.map((each, place) => ({
      ...each,
      deliveriesPerSecond: Number(ours[place]?.['deliveries a second']) / 2,
    }));
    const lags = await lagAt(paces, server, keys);
    await server.stop();
    return cases.flatMap((_, place) => [{ ...ours[place], ...lagColumns(lags[place]) }, { ...reference[place] }]);
  },
};
