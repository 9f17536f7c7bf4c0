/** Every contact that is the same person, and every alias that is theirs now: one that changed hands is somebody else's. */
export const findWhole = `
  with whole as materialized (
    select other.contact_id, other.first_alias_key
      from contact mine join contact other using (workspace_id, person_id)
     where mine.workspace_id = $1 and mine.contact_id = $2)
  select contact_id, first_alias_key,
         (select coalesce(array_agg(distinct alias_key), '{}') from whole join contact_alias using (contact_id)) as alias_keys
    from whole order by contact_id`;
