/**
 * How many messages of each template had a button tapped, and how many people stopped marketing within three days of
 * it, as the last template they had. Meta counts its blocks of a template in the same time.
 */
export const templateResponsesByName = `
  select template, count(distinct message_id) filter (where kind = 'tap')::int as clicked,
         count(distinct contact_id) filter (where kind = 'stop')::int as blocked
    from (
      select response.kind, message.template, message.message_id, message.contact_id
        from template_response response join message on message.wamid = response.wamid
       where response.workspace_id = $1 and response.kind = 'tap' and message.workspace_id = $1
      union all
      select response.kind, last.template, last.message_id, response.contact_id
        from template_response response
        cross join lateral (
          select message.template, message.message_id
            from message
           where message.contact_id = response.contact_id and message.template is not null
             and message.accepted_at is not null and message.requested_at <= response.at
             and message.requested_at > response.at - interval '3 days'
           order by message.requested_at desc limit 1) last
       where response.workspace_id = $1 and response.kind = 'stop') as responses
   where template is not null
   group by template`;
