import type { Pool } from 'pg';

/** The portfolio of each account that is known. */
export async function portfolios(pool: Pool, accountIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pool.query<{ account_id: string; portfolio_id: string }>({
    name: 'portfolios-of-accounts',
    text: 'select account_id, portfolio_id from known_account where account_id = any($1)',
    values: [[...new Set(accountIds)]],
  });
  return new Map(rows.map((row) => [row.account_id, row.portfolio_id]));
}
