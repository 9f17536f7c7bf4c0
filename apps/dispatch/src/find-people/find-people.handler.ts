import { lastStatement, type ConsentStatement } from '@postrider/compliance';
import { fold } from '@postrider/decider';
import type { AudienceFilter } from '@postrider/event-contracts';
import type { EventLog } from '@postrider/event-store';
import type { Alias } from '@postrider/keys';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Pool } from 'pg';
import { anySender } from '../contact/contact.table';
import { contactDecider, type ContactEvent } from '../contact/contact.decider';
import { joined, type ContactView } from '../contact/contact-view';
import { pageOfPeople } from './find-people.sql';
import { matches } from './matches';

export interface PeopleQuestion {
  readonly workspaceId: string;
  readonly filter: AudienceFilter;
  /** Whose consent counts: words about another sender do not. */
  readonly senderId: string;
  /** Where the page before ended. */
  readonly after?: string | undefined;
  /** So many people are looked at; those that the filter does not mean are not in the answer. */
  readonly limit: number;
}

/** Personal: how somebody is written to, and what is known of them. */
export interface FoundPerson {
  readonly to: Alias;
  readonly row: Readonly<Record<string, unknown>>;
}

export interface FoundPeople {
  readonly people: readonly FoundPerson[];
  /** Null behind the last. */
  readonly next: string | null;
}

export type FindPeople = ReturnType<typeof findPeople>;

interface PersonRow {
  readonly personId: string;
  readonly contactIds: readonly string[];
  readonly statements: readonly (Omit<ConsentStatement, 'purpose' | 'senderId'> & { senderId: string | null })[] | null;
}

const beforeAll = anySender;

/**
 * The people of a workspace whom a filter means, a page at a time. Attributes are read from the contacts' own streams, so
 * that they stand nowhere else in clear and of an erased person there is nothing to find.
 */
export function findPeople({ log, pool }: { readonly log: EventLog; readonly pool: Pool }) {
  return async ({ workspaceId, filter, senderId, after, limit }: PeopleQuestion): Promise<FoundPeople> => {
    const purpose = filter.consent?.purpose ?? 'marketing';
    const { rows } = await pool.query<PersonRow>({
      name: 'page-of-people',
      text: pageOfPeople,
      values: [workspaceId, after ?? beforeAll, limit, purpose, anySender],
    });
    const meant = rows.filter((row) => consents(row, filter, senderId));
    const streams = await log.readStreams(meant.flatMap(({ contactIds }) => contactIds));
    const people = meant.flatMap(({ contactIds }) => {
      const states = contactIds.flatMap((id) => {
        const events = streams.get(id);
        return events === undefined ? [] : [fold(contactDecider, events as unknown as ContactEvent[])];
      });
      return personFor(joined(contactIds[0]!, states), filter) ?? [];
    });
    return { people, next: rows.length < limit ? null : rows.at(-1)!.personId };
  };
}

function consents({ statements }: PersonRow, { consent }: AudienceFilter, senderId: string): boolean {
  if (consent === undefined) return true;
  const said = (statements ?? []).map(({ senderId: about, ...statement }) => ({
    ...statement,
    purpose: consent.purpose,
    ...(about === null ? {} : { senderId: about }),
  }));
  const last = lastStatement({ consents: said, sender: { senderId } }, consent.purpose);
  return (last?.state ?? 'unknown') === consent.state;
}

function personFor(view: ContactView, filter: AudienceFilter): FoundPerson | undefined {
  const { name, language, timeZone, attributes, aliases } = view;
  const phone = aliases.find(({ kind }) => kind === 'phone')?.value;
  const userId = aliases.find(({ kind }) => kind === 'userId')?.value;
  // Nobody to write to: erased, or known by a key alone.
  if (phone === undefined && userId === undefined) return undefined;
  const country = phone === undefined ? undefined : parsePhoneNumberFromString(phone)?.country;
  const known = {
    ...(name === undefined ? {} : { name }),
    ...(language === undefined ? {} : { language }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(country === undefined ? {} : { country }),
  };
  if (!matches(filter, { ...known, attributes })) return undefined;
  const alias = { ...(phone === undefined ? {} : { phone }), ...(userId === undefined ? {} : { userId }) };
  return { to: phone === undefined ? { userId: userId! } : { phone }, row: { ...attributes, ...alias, ...known } };
}
