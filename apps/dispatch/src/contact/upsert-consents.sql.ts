import { ownWords } from '@postrider/compliance';

const weight = (row: string): string => {
  const isOwn = `${row}.source = any(array[${ownWords.map((word) => `'${word}'`).join(', ')}])`;
  return `(${row}.said_at, ${row}.state = 'revoked', ${isOwn}, ${row}.source)`;
};

/** What counts for one contact, by the order of the rules (`lastStatement` in libs/compliance). */
export const upsertConsents = `
  insert into consent (contact_id, purpose, sender_id, state, source, said_at)
  select distinct on (1, 2, 3) *
    from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[])
           as given (contact_id, purpose, sender_id, state, source, said_at)
   order by 1, 2, 3, ${weight('given')} desc
  on conflict (contact_id, purpose, sender_id) do update
    set state = excluded.state, source = excluded.source, said_at = excluded.said_at
    where ${weight('excluded')} > ${weight('consent')}`;
