import type { RecordedEvent } from '@postrider/event-contracts';
import { aliasKeys } from '@postrider/keys';
import type { EventLog } from '@postrider/event-store';
import type { Pool } from 'pg';
import type { KnownPerson } from './people';

/** All contacts that are one of these persons. */
const findContacts = 'select contact_id, person_id from contact where person_id = any($1)';

/** The numbers of a person that are theirs now, in E.164, the first known first. */
export type NumbersOf = (person: KnownPerson) => readonly string[];

/**
 * Reads the numbers of people out of their contacts' streams, where alone they stand in clear; what can no longer be read
 * is left out.
 */
export async function numbersOf(
  { pool, log }: { pool: Pool; log: Pick<EventLog, 'readStreams'> },
  identitySecret: Uint8Array,
  people: readonly KnownPerson[],
): Promise<NumbersOf> {
  const known = people.filter((person) => person.known);
  if (known.length === 0) return () => [];
  const { rows } = await pool.query<{ contact_id: string; person_id: string }>(findContacts, [
    [...new Set(known.map(({ personId }) => personId))],
  ]);
  const streams = await log.readStreams(rows.map((row) => row.contact_id));
  const byPerson = new Map<string, RecordedEvent[]>();
  for (const { contact_id: contactId, person_id: personId } of rows)
    byPerson.set(personId, [...(byPerson.get(personId) ?? []), ...(streams.get(contactId) ?? [])]);
  return ({ personId, aliasKeys: theirs }) => {
    const current = new Set(theirs);
    const told = [...(byPerson.get(personId) ?? [])].sort((a, b) => a.at.getTime() - b.at.getTime());
    const numbers = told.flatMap(numberIn).filter((phone) => current.has(aliasKeys(identitySecret, { phone })[0]!));
    return [...new Set(numbers)];
  };
}

function numberIn({ type, personal }: RecordedEvent): string[] {
  if (type !== 'ContactSeen' && type !== 'IdentityLinked') return [];
  const digits = (personal as { phone?: string } | undefined)?.phone?.replace(/\D/g, '') ?? '';
  return digits === '' ? [] : [`+${digits}`];
}
