import { BlockedUser, BlockResult } from '../answers/block-list';
import type { CallOptions, Graph } from '../transport/graph';
import { listPages } from './list-pages';

/** A person by phone or by user id. */
export type UserToBlock = { readonly user: string } | { readonly user_id: string };

/** People who may not write to a number: only such as wrote within the last day can be blocked. */
export const blockUsers = (api: Graph) => {
  const path = (id: string) => `/${encodeURIComponent(id)}/block_users`;
  const change =
    (method: 'POST' | 'DELETE') =>
    async (phoneNumberId: string, users: readonly UserToBlock[], options?: CallOptions) => {
      const json = { messaging_product: 'whatsapp', block_users: users };
      return (await api.call({ method, path: path(phoneNumberId), json }, BlockResult, options)).block_users;
    };
  return {
    /** Throws 139100 where it worked for some only: list to see for whom. */
    block: change('POST'),
    unblock: change('DELETE'),
    list: (phoneNumberId: string, options?: CallOptions & { readonly limit?: number }) =>
      listPages(api, { path: path(phoneNumberId), query: { limit: options?.limit }, item: BlockedUser }, options),
  };
};
