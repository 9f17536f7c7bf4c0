/**
 * What is spent stands in a book of its own, `spent`: an entry for each change, by the quarter of an hour that it counts
 * in, made by the statement that changes the count. A quarter lies within one day and one month in every time zone, so a
 * period is a few entries whatever was sent in it, and nobody waits for another's entry. Entries of one quarter are drawn
 * together now and then.
 */
const quarter = (at: string): string => `date_bin('15 minutes', ${at}, timestamptz '2000-01-01')`;

/** The rows as they are before a statement changes them. */
export const before = `
  before as (select message_id, workspace_id, state, at, price_micros, is_template from sent
              where message_id = any($1::uuid[]) order by message_id for update)`;

/** Enters the difference between `before` and the rows that the statement `changed` has written. */
export const enterDifference = `
  insert into spent (workspace_id, quarter, micros)
  select workspace_id, ${quarter('at')}, sum(micros)
    from (select before.workspace_id, before.at, -before.price_micros as micros
            from before join changed using (message_id) where before.state = 'sent'
           union all
          select workspace_id, at, price_micros from changed where state = 'sent') as entries
   where micros <> 0
   group by 1, 2 having sum(micros) <> 0`;

export const drawSpentTogether = `
  with many as (select workspace_id, quarter from spent
                 where (workspace_id, quarter) in (select workspace_id, quarter from spent where id > $1)
                 group by 1, 2 having count(*) > 1),
       gone as (delete from spent using many
                 where spent.workspace_id = many.workspace_id and spent.quarter = many.quarter
                returning spent.workspace_id, spent.quarter, spent.micros)
  insert into spent (workspace_id, quarter, micros)
  select workspace_id, quarter, sum(micros) from gone group by 1, 2`;
