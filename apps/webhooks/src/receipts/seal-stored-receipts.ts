import type { Background } from '@postrider/service-host';
import type { Pool } from 'pg';
import type { SealedBodies } from './sealed-bodies';

const atOnce = 100;

/** Seals the bodies that were stored before bodies were sealed. */
export function sealStoredReceipts({ pool, bodies }: { pool: Pool; bodies: SealedBodies }): Background {
  return {
    name: 'seal stored receipts',
    async run(signal) {
      while (!signal.aborted) {
        const { rows } = await pool.query<{ id: string; received_at: Date; body: Buffer }>(
          `select id, received_at, body from receipt where bytes is null limit ${atOnce}`,
        );
        for (const { id, received_at: receivedAt, body } of rows) {
          const sealed = await bodies.seal({ id, receivedAt, body });
          await pool.query('update receipt set body = $2, bytes = $3 where id = $1 and bytes is null', [
            id,
            sealed,
            body.length,
          ]);
        }
        if (rows.length < atOnce) return;
      }
    },
  };
}
