import type { Keyring } from '@postrider/keys';
import { everySoOften, type Alarms, type Background } from '@postrider/service-host';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { credentialsContext } from './credentials';
import { identityContext } from './identity-secret';

/** Another process may still seal under the key before, until it restarts too. */
const everyMs = 10 * 60_000;
const alarmKey = 'master-key-missing';

interface SealedTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly context: (row: Record<string, string | number>) => string;
}

const tables: readonly SealedTable[] = [
  {
    name: 'credentials',
    columns: ['account_id', 'credentials_version'],
    context: (row) => credentialsContext(String(row.account_id), Number(row.credentials_version)),
  },
  {
    name: 'identity_secret',
    columns: ['workspace_id'],
    context: (row) => identityContext(String(row.workspace_id)),
  },
];

/**
 * Seals anew, under the present master key, what was sealed under one before, so that the one before can be taken away.
 * A box that no key opens raises an alarm and is left as it is.
 */
export function resealing(deps: { pool: Pool; keys: Keyring; alarms: Alarms; logger: Logger }): Background {
  const { pool, keys, alarms, logger } = deps;

  async function resealTable({ name, columns, context }: SealedTable) {
    const { rows } = await pool.query<Record<string, string | number> & { sealed: Buffer }>(
      `select ${columns.join(', ')}, sealed from ${name} where substring(sealed from 1 for $1) <> $2`,
      [keys.boxPrefix.length, keys.boxPrefix],
    );
    const isRow = columns.map((column, index) => `${column} = $${index + 3}`).join(' and ');
    let resealed = 0;
    for (const { sealed, ...row } of rows) {
      const plain = opened(sealed, context(row));
      if (!plain) continue;
      // Only while it is still the same box: a rotation of the credentials may have put another in its place.
      const text = `update ${name} set sealed = $1 where sealed = $2 and ${isRow}`;
      await pool.query(text, [keys.seal(plain, context(row)), sealed, ...columns.map((column) => row[column])]);
      resealed += 1;
    }
    return { resealed, shut: rows.length - resealed };
  }

  function opened(box: Buffer, context: string): Buffer | undefined {
    try {
      return keys.open(box, context);
    } catch (error) {
      logger.error({ err: error }, 'a secret at rest cannot be opened');
      return undefined;
    }
  }

  async function pass(): Promise<void> {
    let [resealed, shut] = [0, 0];
    for (const table of tables) {
      const done = await resealTable(table);
      resealed += done.resealed;
      shut += done.shut;
    }
    if (resealed > 0) logger.info({ resealed }, 'secrets were sealed anew under the present master key');
    if (shut === 0) return alarms.clear(alarmKey);
    alarms.raise({
      key: alarmKey,
      kind: alarmKey,
      severity: 'critical',
      text: `${shut} secrets were sealed under a master key that is not given: add it to POSTRIDER_MASTER_KEY_PREVIOUS and start again.`,
    });
  }

  return everySoOften('configuration:reseal', everyMs, pass);
}
