import { BlockAnswer, BlockedUser, type BlockResult } from '../answers/block-list';
import { CloudApiError } from '../cloud-api-error';
import type { CallOptions, Graph } from '../transport/graph';
import { listPages } from './list-pages';

/** A person by phone or by user id. */
export type UserToBlock = { readonly user: string } | { readonly user_id: string };

/** People who may not write to a number: only such as wrote within the last day can be blocked. */
export const blockUsers = (api: Graph) => {
  const path = (id: string) => `/${encodeURIComponent(id)}/block_users`;
  const change =
    (method: 'POST' | 'DELETE') =>
    async (phoneNumberId: string, users: readonly UserToBlock[], options?: CallOptions): Promise<BlockResult> => {
      const json = { messaging_product: 'whatsapp', block_users: users };
      try {
        return (await api.call({ method, path: path(phoneNumberId), json }, BlockAnswer, options)).block_users;
      } catch (error) {
        // A partial failure is HTTP 400 and has both lists beside the error.
        const partly =
          error instanceof CloudApiError && error.metaCode === 139100 && BlockAnswer.safeParse(error.answer);
        if (partly && partly.success) return partly.data.block_users;
        throw error;
      }
    };
  return {
    /** Says who was blocked and who was not; `failed_users` may hold some while others are blocked. */
    block: change('POST'),
    unblock: change('DELETE'),
    list: (phoneNumberId: string, options?: CallOptions & { readonly limit?: number }) =>
      listPages(api, { path: path(phoneNumberId), query: { limit: options?.limit }, item: BlockedUser }, options),
  };
};
