import type { Keyring } from '@postrider/keys';
import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';

const secretBytes = 32;
/** What a workspace's box is sealed for. */
export const identityContext = (workspaceId: string): string => `identity:${workspaceId}`;

/**
 * The secret under which a workspace's alias keys are made: random, made by whoever asks first, and never changed, as
 * every alias key ever written depends on it.
 */
export function identitySecrets(pool: Pool, keys: Keyring): (workspaceId: string) => Promise<Buffer> {
  return async (workspaceId) => {
    const context = identityContext(workspaceId);
    await pool.query('insert into identity_secret (workspace_id, sealed) values ($1, $2) on conflict do nothing', [
      workspaceId,
      keys.seal(randomBytes(secretBytes), context),
    ]);
    const { rows } = await pool.query<{ sealed: Buffer }>(
      'select sealed from identity_secret where workspace_id = $1',
      [workspaceId],
    );
    return keys.open(rows[0]!.sealed, context);
  };
}
