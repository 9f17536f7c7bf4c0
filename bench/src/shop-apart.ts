import { serviceNames } from '@postrider/event-contracts';
import { freePorts, ownKafka, ownPostgres } from '@postrider/test-backends';
import { startMeasured } from './measured-process';
import { furnish, newApiKey, newMasterKey, startMeta, waysTo, type Shop } from './small-shop';

/** The distributed form, all of it on this machine: a process for each service, on a Kafka, behind the gateway. */
export async function openShopApart(): Promise<Shop> {
  const [database, broker, meta] = await Promise.all([ownPostgres({ durable: true }), ownKafka(), startMeta()]);
  const [front = 0, ...ports] = await freePorts(1 + serviceNames.length);
  const urls = serviceNames.map((service, at) => [`${service.toUpperCase()}_URL`, `http://127.0.0.1:${ports[at]}`]);
  const addresses = Object.fromEntries(urls) as Record<string, string>;
  const key = newApiKey();
  const shared = {
    ...addresses,
    KAFKA_BROKERS: broker.brokers.join(','),
    POSTRIDER_API_KEY: key,
    POSTRIDER_MASTER_KEY: newMasterKey(),
    POSTRIDER_PUBLIC_URL: `http://127.0.0.1:${front}`,
    POSTRIDER_MEDIA_STORE: '.postrider/bench',
  };
  const platform = await Promise.all(
    serviceNames.map(async (service, at) =>
      startMeasured(`apps/${service}/src/main.ts`, {
        env: { ...shared, PORT: `${ports[at]}`, DATABASE_URL: await database.newDatabase(service) },
        ready: /"url":"(http:[^"]+)".*"msg":"serving"/,
      }),
    ),
  );
  const gateway = await startMeasured('deploy/gateway/src/main.ts', {
    env: { ...addresses, PORT: `${front}` },
    ready: /listens on port (\d+)/,
  });
  const ways = waysTo(shared.POSTRIDER_PUBLIC_URL, key);
  await furnish(ways.call, meta);
  return {
    ...{ meta, ...ways },
    async close() {
      for (const process of [gateway, ...platform, meta]) await process.stop();
      await broker.close();
      await database.stop();
    },
  };
}
