import type { ServiceName } from '@postrider/event-contracts';
import type { Pool } from 'pg';
import { checkpointsOf } from './checkpoints';

type Positions = readonly { shard: number; position: number }[];
const askEveryMs = 25;

/** Knows how far readers are: those at work in this process from memory, others from the database. */
export function progress(pool: Pool) {
  const known = new Map<string, number>();
  let waiting = new Set<() => void>();
  const keyOf = (reader: string, source: ServiceName, shard: number): string => `${reader} ${source} ${shard}`;

  function moved(reader: string, source: ServiceName, shard: number, position: number): void {
    known.set(keyOf(reader, source, shard), position);
    const woken = waiting;
    waiting = new Set();
    for (const wake of woken) wake();
  }

  const behind = (reader: string, source: ServiceName, positions: Positions): Positions =>
    positions.filter(({ shard, position }) => (known.get(keyOf(reader, source, shard)) ?? 0) < position);

  async function ask(reader: string, source: ServiceName, positions: Positions): Promise<Positions> {
    const stored = await checkpointsOf(pool, [reader]);
    const at = (shard: number): number =>
      stored.find((place) => place.source === source && place.shard === shard)?.position ?? 0;
    return positions.filter(({ shard, position }) => at(shard) < position);
  }

  function nextMove(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, withinMs);
      waiting.add(wake);
    });
  }

  /** Waits until the reader has dealt with the positions; false where it has not in time. */
  async function reached(
    reader: string,
    source: ServiceName,
    positions: Positions,
    withinMs: number,
  ): Promise<boolean> {
    const deadline = performance.now() + withinMs;
    let left = behind(reader, source, positions);
    let askedAt = performance.now();
    while (left.length > 0) {
      const remaining = deadline - performance.now();
      if (remaining <= 0) return false;
      await nextMove(Math.min(askEveryMs, remaining));
      left = behind(reader, source, left);
      if (left.length > 0 && performance.now() - askedAt >= askEveryMs) {
        askedAt = performance.now();
        left = await ask(reader, source, left);
      }
    }
    return true;
  }

  return { moved, reached };
}
