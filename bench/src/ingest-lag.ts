import type { OwnPostgres } from '@postrider/test-backends';
import { startMeasured } from './measured-process';
import { pacedAt } from './repeat';
import { poster } from './poster';
import { talk } from './signed-deliveries';
import { watchLag, type Lag } from './watch-lag';

const forMs = 10_000;
const readers = ['projections:messages', 'projections:conversations'];

export interface Pace {
  readonly connections: number;
  readonly updates: number;
  readonly deliveriesPerSecond: number;
}

/** How far projections are behind webhooks, each in a process of its own, while deliveries come at these paces. */
export async function lagAt(paces: readonly Pace[], server: OwnPostgres, keys: Record<string, string>): Promise<Lag[]> {
  const [log, views] = [await server.newDatabase('webhooks'), await server.newDatabase('projections')];
  const webhooks = await startMeasured('apps/webhooks/src/testing/serve-webhooks.ts', {
    env: { ...keys, DATABASE_URL: log },
  });
  // A message has four updates.
  const perSecond = paces.reduce((sum, { updates, deliveriesPerSecond }) => sum + updates * deliveriesPerSecond, 0);
  const messages = Math.ceil((perSecond * forMs) / 1_000 / 4) + 1_000;
  const projections = await startMeasured('bench/src/serve-projections.ts', {
    env: { ...keys, DATABASE_URL: views, WEBHOOKS_DATABASE_URL: log, KNOWN_MESSAGES: `${messages}` },
  });
  const { delivery } = talk();
  const lags: Lag[] = [];
  for (const { connections, updates, deliveriesPerSecond } of paces) {
    const { post, close } = poster(`${webhooks.url}/webhooks/meta`, connections, () => delivery(updates));
    const watch = await watchLag({ log, readers: views }, readers);
    await pacedAt(deliveriesPerSecond, post, { forMs });
    lags.push(await watch.end());
    await close();
  }
  await projections.stop();
  await webhooks.stop();
  return lags;
}
