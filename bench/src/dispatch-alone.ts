import { randomBytes } from 'node:crypto';
import { ownPostgres } from '@postrider/test-backends';
import { startMeasured, type MeasuredProcess } from './measured-process';
import { caller, startMeta, type Call } from './small-shop';

/** Dispatch in a process of its own, on a durable Postgres, with Meta in another. */
export interface DispatchAlone {
  readonly postrider: MeasuredProcess;
  readonly meta: MeasuredProcess;
  readonly dispatchUrl: string;
  readonly call: Call;
  close(): Promise<void>;
}

export interface OnKafka {
  readonly brokers: readonly string[];
  /** What its topics begin with. */
  readonly installation: string;
}

/** With one number that may send so many messages a second. */
export async function openDispatchAlone(numberPerSecond: number, kafka?: OnKafka): Promise<DispatchAlone> {
  const [database, meta] = await Promise.all([ownPostgres({ durable: true }), startMeta()]);
  const dispatchUrl = await database.newDatabase('dispatch');
  const key = randomBytes(24).toString('hex');
  const postrider = await startMeasured('bench/src/serve-dispatch.ts', {
    env: {
      DATABASE_URL: dispatchUrl,
      GRAPH_URL: meta.url,
      NUMBER_PER_SECOND: `${numberPerSecond}`,
      POSTRIDER_API_KEY: key,
      ...(kafka && { KAFKA_BROKERS: kafka.brokers.join(','), KAFKA_INSTALLATION: kafka.installation }),
      POSTRIDER_MASTER_KEY: randomBytes(32).toString('base64'),
    },
  });
  return {
    postrider,
    meta,
    dispatchUrl,
    call: caller(postrider.url, key),
    async close() {
      await postrider.stop();
      await meta.stop();
      await database.stop();
    },
  };
}
