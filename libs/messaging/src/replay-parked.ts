import type { RecordedEvent, ServiceName } from '@postrider/event-contracts';
import type { Pool } from 'pg';
import { firstParked, stillFails, unpark, type ParkedRecord } from './parked-records';
import type { Reader } from './reader';
import { inTransaction } from './transaction';

export interface ReplayOutcome {
  readonly replayed: number;
  /** Why the record now at the front failed again; absent where nothing is left. */
  readonly error?: string;
}

interface ParkedOf {
  readonly pool: Pool;
  readonly reader: Reader;
  readonly source: ServiceName;
  /** Opens personal parts, which are parked as they came. */
  readonly open: (events: readonly RecordedEvent[]) => Promise<RecordedEvent[]>;
}

/** Handles the parked records of a key in order; the first that fails again stays at the front, the rest behind it. */
export async function replayParked(
  { pool, reader, source, open }: ParkedOf,
  key: string,
  onReplayed: (replayed: number) => void = () => undefined,
): Promise<ReplayOutcome> {
  for (let replayed = 0; ; replayed++, onReplayed(replayed)) {
    let record: ParkedRecord | undefined;
    try {
      const done = await inTransaction(pool, async (tx) => {
        record = await firstParked(tx, { reader: reader.name, source }, key);
        if (!record) return undefined;
        const events = reader.leavesSealed ? [record.event] : await open([record.event]);
        const next =
          reader.kind === 'fold'
            ? await reader.handle(events, tx)
            : await reader.handle(events, { alive: () => true, heartbeat: async () => undefined });
        await unpark(tx, record);
        return { next };
      });
      if (done === undefined) return { replayed };
      done.next?.();
    } catch (failure) {
      if (!record) throw failure;
      const error = String(failure instanceof Error ? (failure.stack ?? failure.message) : failure);
      await stillFails(pool, record, error.slice(0, 4_000).replaceAll('\0', ''));
      return { replayed, error: failure instanceof Error ? failure.message : error };
    }
  }
}
