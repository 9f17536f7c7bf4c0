export const lockMessages = `
select message_id, view from message where message_id = any($1::uuid[]) order by message_id for update`;
