import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Background } from '../service-definition';

const everyMs = 10_000;

/** When each API key was last used here; written down now and then, as it is asked of at every request. */
export interface KeyUses {
  note(keyId: string, at: Date): void;
  /** By key id, as ISO instants. */
  last(): Promise<Readonly<Record<string, string>>>;
  readonly loop: Background;
}

export function keyUses(pool: Pool): KeyUses {
  let noted = new Map<string, Date>();

  async function write(): Promise<void> {
    if (noted.size === 0) return;
    const writing = noted;
    noted = new Map();
    await pool.query(
      `insert into key_use (key_id, used_at) select * from unnest($1::uuid[], $2::timestamptz[])
       on conflict (key_id) do update set used_at = greatest(key_use.used_at, excluded.used_at)`,
      [[...writing.keys()], [...writing.values()]],
    );
  }

  return {
    note: (keyId, at) => void noted.set(keyId, at),
    async last() {
      await write();
      const { rows } = await pool.query<{ id: string; at: Date }>('select key_id as id, used_at as at from key_use');
      return Object.fromEntries(rows.map(({ id, at }) => [id, at.toISOString()]));
    },
    loop: {
      name: 'uses of API keys',
      async run(signal) {
        while (!signal.aborted) {
          await pause(everyMs, undefined, { signal }).catch(() => undefined);
          await write();
        }
      },
    },
  };
}
