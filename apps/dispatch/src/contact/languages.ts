import type { Pool } from 'pg';

/** By contact; what was told of any contact of the same person counts. */
const findLanguages = `
  select mine.contact_id, max(told.language) as language
    from contact mine join contact other using (person_id) join contact_traits told on told.contact_id = other.contact_id
   where mine.contact_id = any($1) and told.language is not null
   group by mine.contact_id`;

/** The languages of contacts, in one round trip. */
export async function languagesOf(
  pool: Pool,
  contactIds: readonly string[],
): Promise<(contactId: string) => string | undefined> {
  if (contactIds.length === 0) return () => undefined;
  const { rows } = await pool.query<{ contact_id: string; language: string }>({
    name: 'languages',
    text: findLanguages,
    values: [contactIds],
  });
  const found = new Map(rows.map((row) => [row.contact_id, row.language]));
  return (contactId) => found.get(contactId);
}
