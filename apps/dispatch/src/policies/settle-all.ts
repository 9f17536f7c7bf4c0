import type { Tx } from '@postrider/messaging';
import { recountOpenings } from '../openings/keep-openings';
import { shareOpenings } from '../openings/openings.sql';
import { settleCount } from './count-sent.sql';

/** Enters the last word on each message, given as the columns of `settleCount`. */
export async function settleAll(tx: Tx, columns: readonly (readonly unknown[])[]): Promise<void> {
  await tx.query(shareOpenings);
  const { rows } = await tx.query<{ reopened: string }>(settleCount, columns);
  await recountOpenings(
    tx,
    rows.map(({ reopened }) => reopened),
  );
}
