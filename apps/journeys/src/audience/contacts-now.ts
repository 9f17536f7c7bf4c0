import type { AudienceFilter } from '@postrider/event-contracts';
import type { MemberToPlan } from './person';
import type { FindContacts } from './find-contacts';
import { rowsOfContacts } from './rows-of-contacts';

export interface ContactsNowDeps {
  readonly findContacts: FindContacts;
  identitySecret(workspaceId: string): Promise<Uint8Array>;
}

/** Whom a filter means now, in pages, numbered from 1; keeps nothing. */
export async function* contactsNow(
  { findContacts, identitySecret }: ContactsNowDeps,
  question: { readonly workspaceId: string; readonly filter: AudienceFilter; readonly senderId: string },
): AsyncGenerator<MemberToPlan[]> {
  const secret = await identitySecret(question.workspaceId);
  let line = 0;
  for (let after: string | null | undefined; after !== null;) {
    const page = await findContacts({ ...question, ...(after === undefined ? {} : { after }) });
    yield rowsOfContacts(secret, page).map(({ named, member }) => {
      line += 1;
      return { personKey: named.personKey, country: named.country, line, member };
    });
    after = page.next;
  }
}
