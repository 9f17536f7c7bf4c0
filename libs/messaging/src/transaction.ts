import type { Pool, PoolClient } from 'pg';
import type { Named, Tx } from './reader';

/** The statements of one client as a `Tx`. */
export function asTx(client: Pick<PoolClient, 'query'>): Tx {
  return {
    query: async <Row extends object>(text: string | Named, values: readonly unknown[] = []) => {
      const statement = typeof text === 'string' ? { text } : text;
      const { rows, rowCount } = await client.query<Row & Record<string, unknown>>({
        ...statement,
        values: [...values],
      });
      return { rows: rows as Row[], rowCount: rowCount ?? 0 };
    },
  };
}

/**
 * Runs `work` in one transaction: committed when it returns, rolled back when it throws. With `statementMostMs` a
 * statement that takes longer fails, as one that waits for a lock.
 */
export async function inTransaction<Result>(
  pool: Pool,
  work: (tx: Tx) => Promise<Result>,
  { statementMostMs }: { readonly statementMostMs?: number } = {},
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A connection that ends while it is checked out says so by an event, and an event nobody hears ends the process.
  const onError = (error: Error): void => void (broken = error);
  client.on('error', onError);
  try {
    const limit = statementMostMs === undefined ? '' : `; set local statement_timeout = ${statementMostMs}`;
    await client.query(`begin${limit}`);
    const result = await work(asTx(client));
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    client.removeListener('error', onError);
    client.release(broken);
  }
}
