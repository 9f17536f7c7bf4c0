import type { Clock } from '@postrider/decider';
import type { Keyring } from '@postrider/keys';
import type { AccountCredentials } from '@postrider/service-host';
import type { Pool } from 'pg';
import { currentCredentials } from './current-credentials.sql';
import type { CredentialsRow } from './credentials.table';
import { keepCredentials } from './keep-credentials.sql';

/** What an operator brings. */
export interface Secrets {
  readonly accessToken: string;
  readonly appSecret: string;
}

/** Token and app secret of every account, sealed at rest, a row per version. They leave only by the internal call. */
export interface CredentialsStore {
  /** Keeps a version and supersedes those before it. The same version again replaces it: a connection begun anew. */
  keep(account: Omit<AccountCredentials, keyof Secrets>, secrets: Secrets): Promise<void>;
  current(accountId: string): Promise<AccountCredentials | undefined>;
  /** Of every account, with those superseded less than `overlapMs` ago: Meta may still sign with the secret before. */
  all(): Promise<AccountCredentials[]>;
  /** Forgets versions whose overlap is over; answers how many. */
  sweep(): Promise<number>;
}

/** How long the credentials before still count after a rotation. */
export const overlapMs = 24 * 3_600_000;

/** What a version's box is sealed for. */
export const credentialsContext = (accountId: string, version: number): string => `credentials:${accountId}:${version}`;

const selected = `account_id as "accountId", credentials_version as "credentialsVersion", workspace_id as "workspaceId",
  waba_id as "wabaId", app_id as "appId", graph_url as "graphUrl", sealed`;

export function credentialsStore(deps: { pool: Pool; keys: Keyring; clock: Clock }): CredentialsStore {
  const { pool, keys, clock } = deps;
  const opened = ({ sealed, ...row }: CredentialsRow): AccountCredentials => ({
    ...row,
    ...(JSON.parse(
      keys.open(sealed, credentialsContext(row.accountId, row.credentialsVersion)).toString('utf8'),
    ) as Secrets),
  });
  const overlapStart = (): Date => new Date(clock.now().getTime() - overlapMs);

  return {
    async keep(account, { accessToken, appSecret }) {
      const { accountId, credentialsVersion, workspaceId, wabaId, appId, graphUrl } = account;
      const plain = Buffer.from(JSON.stringify({ accessToken, appSecret }));
      const sealed = keys.seal(plain, credentialsContext(accountId, credentialsVersion));
      const values = [accountId, credentialsVersion, workspaceId, wabaId, appId, graphUrl, sealed, clock.now()];
      await pool.query(keepCredentials, values);
    },
    async current(accountId) {
      const { rows } = await pool.query<CredentialsRow>(currentCredentials, [accountId]);
      return rows[0] && opened(rows[0]);
    },
    async all() {
      const { rows } = await pool.query<CredentialsRow>(
        `select ${selected} from credentials where superseded_at is null or superseded_at > $1
          order by account_id, credentials_version desc`,
        [overlapStart()],
      );
      return rows.map(opened);
    },
    async sweep() {
      const { rowCount } = await pool.query('delete from credentials where superseded_at <= $1', [overlapStart()]);
      return rowCount ?? 0;
    },
  };
}
