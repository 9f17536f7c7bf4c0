import { wrappingContext } from '@postrider/event-store';
import type { Keyring } from '@postrider/keys';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Alarms } from '../alarms';
import type { Background } from '../service-definition';

/** Another process may still wrap under the key before, until it restarts too. */
const everyMs = 10 * 60_000;
const atOnce = 1_000;
const alarmKey = 'part-keys-master-key-missing';

/**
 * Wraps anew, under the present master key, the keys of personal parts that one before wrapped, so that the one before
 * can be taken away. The service's own are published again.
 */
export function resealPartKeys(deps: { service: string; pool: Pool; keys: Keyring; alarms: Alarms }): Background {
  const { pool, keys, alarms } = deps;

  function wrappedAnew(id: string, wrapped: Buffer): Buffer | undefined {
    try {
      return keys.seal(keys.open(wrapped, wrappingContext(id)), wrappingContext(id));
    } catch {
      return undefined;
    }
  }

  async function pass(): Promise<void> {
    let shut = 0;
    for (let after = ''; ;) {
      const { rows } = await pool.query<{ id: string; wrapped: Buffer }>(
        `select id, wrapped from log.part_key
          where id > $1 and wrapped is not null and substring(wrapped from 1 for $2) <> $3 order by id limit ${atOnce}`,
        [after, keys.boxPrefix.length, keys.boxPrefix],
      );
      const anew = rows.map(({ id, wrapped }) => ({ id, before: wrapped, box: wrappedAnew(id, wrapped) }));
      const done = anew.filter(({ box }) => box !== undefined);
      shut += anew.length - done.length;
      // Only where it is still the same box: the key may have been destroyed meanwhile.
      await pool.query(
        `update log.part_key k set wrapped = g.box, unpublished = k.own
           from unnest($1::text[], $2::bytea[], $3::bytea[]) g (id, before, box)
          where k.id = g.id and k.wrapped = g.before`,
        [done.map(({ id }) => id), done.map(({ before }) => before), done.map(({ box }) => box)],
      );
      if (rows.length < atOnce) break;
      after = rows.at(-1)?.id ?? '';
    }
    if (shut === 0) return alarms.clear(alarmKey);
    alarms.raise({
      key: alarmKey,
      kind: 'master-key-missing',
      severity: 'critical',
      text: `${shut} keys of personal parts are under a master key that is not given: add it to POSTRIDER_MASTER_KEY_PREVIOUS and start again.`,
    });
  }

  return {
    name: `${deps.service}:reseal-part-keys`,
    async run(signal) {
      while (!signal.aborted) {
        await pass();
        await pause(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
      }
    },
  };
}
