import type { InternalCalls } from '@postrider/service-host';
import type { TemplatesAtMeta } from '../meta/templates-at-meta';
import { templatesOver } from '../meta/templates-at-meta.adapter';

/** The templates of an account at Meta, under the credentials of this moment; undefined where the account is gone. */
export type MetaOfAccount = (accountId: string) => Promise<TemplatesAtMeta | undefined>;

export function metaOfAccount(deps: {
  readonly internal: Pick<InternalCalls, 'credentials'>;
  readonly graphHosts: readonly string[];
}): MetaOfAccount {
  const { internal, graphHosts } = deps;
  return async (accountId) => {
    const held = await internal.credentials(accountId);
    return held && templatesOver({ ...held, graphHosts });
  };
}
