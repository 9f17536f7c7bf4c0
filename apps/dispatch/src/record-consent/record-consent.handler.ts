import type { ReaderProgress, Caller } from '@postrider/service-host';
import { say } from '../contact/contact.decider';
import { namePerson } from '../contact/recipient';
import { contactsFold } from '../contact/when-contact-changed';
import { writeContacts, type ContactsDeps } from '../contact/write-contacts';
import { unavailable } from '@postrider/service-host';
import type { ConsentBody } from './consent-body';

export interface RecordConsentDeps extends ContactsDeps {
  readonly readers: ReaderProgress;
  identitySecret(workspaceId: string): Promise<Uint8Array>;
}

export interface RejectedRow {
  readonly index: number;
  readonly code: string;
  readonly detail: string;
}

export type RecordConsents = ReturnType<typeof recordConsents>;

/** Writes down who agreed to what. Answers once the next send goes by it. */
export function recordConsents(deps: RecordConsentDeps) {
  return async (
    caller: Pick<Caller, 'workspaceId' | 'actor' | 'correlationId' | 'traceparent'>,
    rows: readonly { readonly index: number; readonly row: ConsentBody }[],
  ): Promise<{ accepted: number; rejected: RejectedRow[] }> => {
    const identitySecret = await deps.identitySecret(caller.workspaceId);
    const { workspaceId, actor, correlationId, traceparent } = caller;
    const meta = { workspaceId, actor, correlationId, ...(traceparent === undefined ? {} : { traceparent }) };
    const now = deps.clock.now().toISOString();
    const rejected: RejectedRow[] = [];
    const writes = rows.flatMap(({ index, row }) => {
      const named = namePerson(identitySecret, row.contact);
      if (!named.usable) {
        rejected.push({ index, code: 'not-addressable', detail: 'contact.phone: not a possible phone number' });
        return [];
      }
      const { purpose, state, source, proof, senderId, at } = row;
      const said = {
        purpose,
        state,
        source,
        saidAt: at === undefined ? now : new Date(at).toISOString(),
        ...(senderId === undefined ? {} : { senderId }),
        ...(proof === undefined ? {} : { proof }),
      };
      return [
        {
          person: named.to,
          via: 'consent',
          meta,
          decide: (contact: Parameters<typeof say>[0], contactId: string) => say(contact, contactId, said),
        },
      ];
    });
    if (writes.length > 0) {
      const positions = await writeContacts(deps, identitySecret, writes);
      if (!(await deps.readers.reached(contactsFold, 'dispatch', positions, 1_000))) {
        throw unavailable('The consents are kept, but sending does not go by them yet.');
      }
    }
    return { accepted: writes.length, rejected };
  };
}
