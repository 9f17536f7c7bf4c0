/** What waits for these contacts, or for any other contact that is the same person. */
export const findWaitingFor = `
  select due.message_id from due
   where due.kind = 'send'
     and due.contact_id in (
       select unnest($1::uuid[])
        union
       select other.contact_id from contact mine join contact other using (person_id) where mine.contact_id = any($1))`;
