import { unavailable, type Caller } from '@postrider/service-host';
import { contactsFold } from '../contact/when-contact-changed';
import type { ConsentBody } from './consent-body';
import { writeConsents, type RecordConsentDeps, type RejectedRow } from './write-consents';

export type RecordConsents = ReturnType<typeof recordConsents>;

/** Writes down who agreed to what. Answers once the next send goes by it. */
export function recordConsents(deps: RecordConsentDeps) {
  return async (
    caller: Pick<Caller, 'workspaceId' | 'actor' | 'correlationId' | 'traceparent'>,
    rows: readonly { readonly index: number; readonly row: ConsentBody }[],
  ): Promise<{ accepted: number; rejected: readonly RejectedRow[] }> => {
    const { accepted, rejected, positions } = await writeConsents(deps, caller, rows);
    if (!(await deps.readers.reached(contactsFold, 'dispatch', positions, 1_000))) {
      throw unavailable('The consents are kept, but sending does not go by them yet.');
    }
    return { accepted, rejected };
  };
}
