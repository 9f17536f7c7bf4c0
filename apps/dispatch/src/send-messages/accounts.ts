import { cloudApi, type CloudApi } from '@postrider/cloud-api-client';
import type { AccountCredentials, InternalCalls } from '@postrider/service-host';

/** Clients of the Cloud API by account. Credentials are held in memory only. */
export interface Accounts {
  /** Undefined where configuration knows no such account. */
  client(accountId: string): Promise<CloudApi | undefined>;
  /** The credentials may have changed; the next call asks for them. */
  forget(accountId?: string): void;
}

export function accounts(
  internal: Pick<InternalCalls, 'credentials'>,
  settings: { readonly allowedHosts: readonly string[]; readonly timeoutMs: number },
): Accounts {
  const clients = new Map<string, Promise<CloudApi | undefined>>();
  const open = async (accountId: string): Promise<CloudApi | undefined> => {
    const credentials: AccountCredentials | undefined = await internal.credentials(accountId);
    if (credentials === undefined) return undefined;
    const { graphUrl, accessToken } = credentials;
    return cloudApi({ graphUrl, accessToken, ...settings });
  };
  return {
    client(accountId) {
      const known = clients.get(accountId);
      if (known !== undefined) return known;
      const opened = open(accountId);
      clients.set(accountId, opened);
      // A failure and an account not known yet are asked for again.
      opened.then(
        (client) => client === undefined && clients.delete(accountId),
        () => clients.delete(accountId),
      );
      return opened;
    },
    forget(accountId) {
      if (accountId === undefined) clients.clear();
      else clients.delete(accountId);
    },
  };
}
