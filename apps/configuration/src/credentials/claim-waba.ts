import type { Pool } from 'pg';

/** Claims a WABA for a workspace, for good: who asks first has it. False where another workspace has. */
export function claimWaba(pool: Pool) {
  return async (wabaId: string, workspaceId: string): Promise<boolean> => {
    const claim = 'insert into waba_claim (waba_id, workspace_id) values ($1, $2) on conflict do nothing';
    await pool.query(claim, [wabaId, workspaceId]);
    const owner = 'select workspace_id as "workspaceId" from waba_claim where waba_id = $1';
    const { rows } = await pool.query<{ workspaceId: string }>(owner, [wabaId]);
    return rows[0]?.workspaceId === workspaceId;
  };
}
