import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceName } from '@postrider/event-contracts';
import type { EventLog } from '@postrider/event-store';
import { sourcesOf, type Bus, type Reader, type Tx } from '@postrider/messaging';
import type { MigrationInterface } from 'typeorm';
import type { Logger } from 'pino';
import type { Pool } from 'pg';
import type { ReaderProgress } from './service-definition';

export const messagingMigrations: readonly (new () => MigrationInterface)[] = [];
export interface RunningReaders extends Pick<ReaderProgress, 'reached'> {
  close(deadlineMs: number): Promise<void>;
}
export function embeddedBus(logs: ReadonlyMap<ServiceName, EventLog>): Bus {
  return { logs, subscribe: () => Promise.reject(new Error('stand-in')), close: () => Promise.resolve() } as Bus;
}
export async function runReaders(options: { readers: readonly Reader[]; bus: Bus; pool: Pool; logger: Logger; clock?: unknown }): Promise<RunningReaders> {
  const { logs } = options.bus as unknown as { logs: ReadonlyMap<ServiceName, EventLog> };
  const at = new Map<string, number>();
  let open = true;
  const one = async (reader: Reader, source: ServiceName, shard: number): Promise<void> => {
    const key = `${reader.name}/${source}/${shard}`;
    at.set(key, 0);
    while (open) {
      const log = logs.get(source);
      const events = log ? await log.readShard(shard, at.get(key)!, 200) : [];
      const heard = events.filter((e) => reader.hears.some((d) => d.service === e.service && d.type === e.type));
      try {
        if (heard.length > 0 && reader.kind === 'fold') {
          const client = await options.pool.connect();
          try {
            await client.query('begin');
            await reader.handle(heard, client as unknown as Tx);
            await client.query('commit');
          } catch (error) {
            await client.query('rollback');
            throw error;
          } finally {
            client.release();
          }
        } else if (heard.length > 0 && reader.kind === 'reaction') await reader.handle(heard);
        else if (heard.length > 0 && reader.kind === 'effect') await reader.handle(heard, { alive: () => open, heartbeat: () => Promise.resolve() });
        if (events.length > 0) at.set(key, events.at(-1)!.position);
      } catch (error) {
        if (open) options.logger.error({ err: error, reader: reader.name }, 'a reader failed');
        await pause(200);
      }
      if (events.length === 0) await pause(10);
    }
  };
  const loops = options.readers.flatMap((reader) => sourcesOf(reader).flatMap((source) => Array.from({ length: logs.get(source)?.shards ?? 4 }, (_, shard) => one(reader, source, shard).catch(() => undefined))));
  return {
    async reached(reader, source, positions, withinMs) {
      const until = performance.now() + withinMs;
      const there = () => positions.every((p) => p.position === 0 || (at.get(`${reader}/${source}/${p.shard}`) ?? 0) >= p.position);
      while (!there() && performance.now() < until) await pause(5);
      return there();
    },
    async close() {
      open = false;
      await Promise.all(loops);
    },
  };
}
