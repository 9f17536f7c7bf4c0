import { Problem, unavailable, type ReaderProgress } from '@postrider/service-host';
import { accountsReader } from './accounts.projection';
import type { Account, TemplateViews } from './templates';

/**
 * An account that a caller names. That there is none is said only once our copy of configuration's facts has reached
 * their head: what the caller has just connected is found.
 */
export function knownAccount({ views, readers }: { views: TemplateViews; readers: ReaderProgress }) {
  return async (workspaceId: string, id: string): Promise<Account> => {
    const known = await views.account(workspaceId, id);
    if (known) return known;
    if (!(await readers.caughtUp(accountsReader, 'configuration', 1_000))) {
      throw unavailable('Whether there is such a business account cannot be told yet.');
    }
    const found = await views.account(workspaceId, id);
    if (found) return found;
    const errors = [{ path: 'businessAccountId', message: 'there is no such business account' }];
    throw new Problem('malformed', 'businessAccountId names no connected business account.', { errors });
  };
}
export type KnownAccount = ReturnType<typeof knownAccount>;
export const KnownAccount = Symbol('KnownAccount');
