import type { Caller } from '@postrider/service-host';
import { isSuppressed, say } from '../contact/contact.decider';
import { namePerson } from '../contact/recipient';
import { writeContacts, type ContactsDeps, type ContactWrite, type ContactWritten } from '../contact/write-contacts';
import type { ConsentBody } from './consent-body';

export interface RecordConsentDeps extends ContactsDeps {
  identitySecret(workspaceId: string): Promise<Uint8Array>;
}

export interface RejectedRow {
  readonly index: number;
  readonly code: string;
  readonly detail: string;
}

export type Positions = readonly ContactWritten[];

export interface ConsentsWritten {
  readonly accepted: number;
  readonly rejected: readonly RejectedRow[];
  readonly positions: Positions;
}

/** Writes down who agreed to what, in a handful of round trips. */
export async function writeConsents(
  deps: RecordConsentDeps,
  caller: Pick<Caller, 'workspaceId' | 'actor' | 'correlationId' | 'traceparent'>,
  rows: readonly { readonly index: number; readonly row: ConsentBody }[],
): Promise<ConsentsWritten> {
  const identitySecret = await deps.identitySecret(caller.workspaceId);
  const { workspaceId, actor, correlationId, traceparent } = caller;
  const meta = { workspaceId, actor, correlationId, ...(traceparent === undefined ? {} : { traceparent }) };
  const now = deps.clock.now().toISOString();
  const rejected: RejectedRow[] = [];
  const suppressed = new Set<number>();
  const writes = rows.flatMap(({ index, row }): ContactWrite[] => {
    const named = namePerson(identitySecret, row.contact);
    if (!named.usable) {
      rejected.push({ index, code: 'not-addressable', detail: 'contact.phone: not a possible phone number' });
      return [];
    }
    const said = saidIn(row, now);
    const decide: ContactWrite['decide'] = (contact, contactId) => {
      if (!isSuppressed(contact, said)) return say(contact, contactId, said);
      suppressed.add(index);
      return [];
    };
    return [{ person: named.to, via: 'consent', meta, decide }];
  });
  const positions = writes.length > 0 ? await writeContacts(deps, identitySecret, writes) : [];
  const detail = 'the person was erased: only their own word lets them be written to again';
  rejected.push(...[...suppressed].map((index) => ({ index, code: 'stopped', detail })));
  return { accepted: rows.length - rejected.length, rejected: rejected.sort((a, b) => a.index - b.index), positions };
}

function saidIn({ purpose, state, source, proof, senderId, at }: ConsentBody, now: string) {
  return {
    purpose,
    state,
    source,
    saidAt: at === undefined ? now : new Date(at).toISOString(),
    ...(senderId === undefined ? {} : { senderId }),
    ...(proof === undefined ? {} : { proof }),
  };
}
