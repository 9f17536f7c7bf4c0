import type { Person } from '@postrider/service-host';
import { aliasKey } from '@postrider/keys';
import type { Pool } from 'pg';
import type { ObjectStore } from '../object-store/object-store';
import type { SealedBodies } from './sealed-bodies';
import { withoutPerson } from './without-person';

const atOnce = 100;

export interface ForgetPersonDeps {
  readonly pool: Pool;
  readonly bodies: SealedBodies;
  readonly store: Pick<ObjectStore, 'remove'>;
  identitySecret(workspaceId: string): Promise<Uint8Array>;
}

interface Row {
  readonly id: string;
  readonly received_at: Date;
  readonly body: Buffer;
  readonly bytes: number | null;
}

/** Takes an erased person out of the receipts that hold them, and removes the files that they sent. */
export function forgetPerson({ pool, bodies, store, identitySecret }: ForgetPersonDeps) {
  return async (person: Person): Promise<void> => {
    await rewriteReceipts(person);
    await removeFiles(person);
  };

  async function rewriteReceipts({ workspaceId, aliasKeys }: Person): Promise<void> {
    const secret = await identitySecret(workspaceId);
    const isTheirs = (text: string): boolean =>
      text.length <= 200 &&
      (aliasKeys.includes(aliasKey(secret, { userId: text })) ||
        (/\d{5}/.test(text) && aliasKeys.includes(aliasKey(secret, { phone: text }))));
    for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
      const { rows } = await pool.query<Row>(
        `select id, received_at, body, bytes from receipt
          where $1 = any(workspace_ids) and (alias_keys is null or alias_keys && $2) and id > $3
          order by id limit ${atOnce}`,
        [workspaceId, aliasKeys, after],
      );
      const opened = await bodies.open(rows);
      for (const [at, row] of rows.entries()) {
        const rest = opened[at] && withoutPerson(opened[at].toString('utf8'), isTheirs);
        if (rest !== undefined && rest !== null) await replace(row, Buffer.from(rest), aliasKeys);
      }
      if (rows.length < atOnce) return;
      after = rows.at(-1)!.id;
    }
  }

  async function replace({ id, received_at: receivedAt }: Row, body: Buffer, gone: readonly string[]): Promise<void> {
    await pool.query(
      `update receipt set body = $2, bytes = $3,
         alias_keys = (select array_agg(key) from unnest(alias_keys) key where not key = any($4)) where id = $1`,
      [id, await bodies.seal({ id, receivedAt, body }), body.length, gone],
    );
  }

  async function removeFiles({ workspaceId, aliasKeys }: Person): Promise<void> {
    const { rows } = await pool.query<{ id: string; object_key: string | null }>(
      `select id, object_key from media_job
        where workspace_id = $1 and alias_keys ?| $2 and (object_key is not null or done_at is null)`,
      [workspaceId, aliasKeys],
    );
    for (const { id, object_key: key } of rows) {
      if (key !== null) await store.remove(key);
      await pool.query(
        'update media_job set object_key = null, url = null, done_at = coalesce(done_at, received_at) where id = $1',
        [id],
      );
    }
  }
}
