import { setTimeout as pause } from 'node:timers/promises';
import type { Background } from '@postrider/service-host';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Change } from '../changes/change';
import { changesAfter, forgetChanges, placeNow } from '../changes/changes-after.sql';

export interface PlacedChange extends Change {
  /** Where a listener goes on after it was cut off: `<transaction>-<number>`. */
  readonly place: string;
}

export interface Listener {
  readonly workspaceId: string;
  readonly types: ReadonlySet<string>;
  send(change: PlacedChange): void;
  end(): void;
}

export interface ChangeFeed {
  /** Tells the listener of changes after the place, or from now on. Returns the way to stop. */
  listen(listener: Listener, after: string | undefined): Promise<() => void>;
  readonly worker: Background;
}

const lookEveryMs = 200;
const forgetEveryMs = 60_000;
const batch = 1_000;

interface Row {
  tx: string;
  seq: string;
  workspace_id: string;
  type: Change['type'];
  data: Record<string, unknown>;
}

/** One look at the table serves every listener of the process, and none is taken while nobody listens. */
export function changeFeed({ pool, logger }: { pool: Pool; logger: Logger }): ChangeFeed {
  const listeners = new Set<Listener>();
  let at: { tx: string; seq: string } | undefined;
  let ended = false;

  const now = async (): Promise<{ tx: string; seq: string }> => {
    const { rows } = await pool.query<{ tx: string }>(placeNow);
    return { tx: rows[0]!.tx, seq: '9223372036854775807' };
  };
  const read = async (from: { tx: string; seq: string }): Promise<Row[]> =>
    (await pool.query<Row>(changesAfter, [from.tx, from.seq, batch])).rows;
  const tell = (listener: Listener, row: Row): void => {
    if (row.workspace_id !== listener.workspaceId || !listener.types.has(row.type)) return;
    listener.send({ workspaceId: row.workspace_id, type: row.type, data: row.data, place: `${row.tx}-${row.seq}` });
  };

  return {
    async listen(listener, after) {
      const place = /^(\d{1,18})-(\d{1,18})$/.exec(after ?? '');
      if (place) {
        let from = { tx: place[1]!, seq: place[2]! };
        for (let rows = await read(from); rows.length > 0; rows = await read(from)) {
          for (const row of rows) tell(listener, row);
          from = rows.at(-1)!;
        }
      }
      at ??= await now();
      if (ended) listener.end();
      else listeners.add(listener);
      return () => listeners.delete(listener);
    },
    worker: {
      name: 'change feed',
      async run(signal) {
        let forgotAtMs = 0;
        while (!signal.aborted) {
          if (performance.now() - forgotAtMs > forgetEveryMs) {
            await pool.query(forgetChanges);
            forgotAtMs = performance.now();
          }
          const rows = listeners.size === 0 || at === undefined ? [] : await read(at);
          for (const row of rows) for (const listener of listeners) tell(listener, row);
          if (listeners.size === 0) at = undefined;
          else at = rows.at(-1) ?? at;
          if (rows.length < batch) await pause(lookEveryMs, undefined, { signal }).catch(() => undefined);
        }
        ended = true;
        logger.debug({ listeners: listeners.size }, 'the change feed ends');
        for (const listener of listeners) listener.end();
      },
    },
  };
}

export const ChangeFeed = Symbol('ChangeFeed');
