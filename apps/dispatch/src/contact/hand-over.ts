import { changeStream } from '@postrider/event-store';
import { derivedId } from '@postrider/keys';
import { contactDecider, unlink, type ContactEvent } from './contact.decider';
import { handedOn, shownPair, whoseNumber } from './handed-on';
import type { KnownPerson } from './people';
import type { ContactsDeps, ContactWrite } from './write-contacts';

/** A number that goes from one contact to another. */
export interface Taken {
  readonly from: KnownPerson;
  readonly next: string;
  readonly aliasKey: string;
  readonly because: string;
  readonly at: string;
  readonly phone: string | undefined;
  readonly meta: ContactWrite['meta'];
  /** For whoever has it from now on. */
  readonly link: { readonly aliasKey: string; readonly because: string; readonly phone?: string };
}

/** Which aliases a write may go by: a number that is not the person's (any more) is left out. */
export function claimNumber(
  write: ContactWrite,
  keys: readonly string[],
  personOf: (key: string) => KnownPerson,
): { readonly keys: readonly string[]; readonly taken?: Taken } {
  const pair = shownPair(keys, write.shownBy);
  if (pair === undefined) return { keys };
  const { phoneKey, userKey, shownBy } = pair;
  const { meta } = write;
  const from = personOf(phoneKey);
  const whose = from.known ? whoseNumber(from, userKey, shownBy) : 'theirs';
  if (whose === 'theirs') return { keys };
  if (whose === 'past') return { keys: [userKey] };
  const { phone } = write.person;
  const link = { aliasKey: phoneKey, because: handedOn, ...(phone === undefined ? {} : { phone }) };
  const next = personOf(userKey).contactId;
  return {
    keys: [userKey],
    taken: { from, next, aliasKey: phoneKey, because: 'shown-with-another', at: shownBy.at, phone, meta, link },
  };
}

/** Says of the contact that had the number that it has it no longer. */
export async function handOver(deps: ContactsDeps, taken: Omit<Taken, 'link'>): Promise<void> {
  const { from, next, aliasKey, because, at, phone, meta } = taken;
  const stream = {
    streamId: from.contactId,
    orderingKey: from.orderingKey,
    meta: { ...meta, aliasKeys: [aliasKey] },
    eventId: () => derivedId.fact(from.contactId, 'IdentityUnlinked', aliasKey, at),
  };
  const said = { contactId: from.contactId, aliasKey, nextContactId: next, because, unlinkedAt: at, phone };
  const changed = await changeStream(deps.log, deps.clock, stream, contactDecider, (state): ContactEvent[] =>
    unlink(state, said),
  );
  if ('refused' in changed) throw new Error(`a contact cannot refuse: ${changed.refused}`);
}
