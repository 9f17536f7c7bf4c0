const senderColumns = `
  s.sender_id, s.account_id as account_id, s.phone_number_id, s.status, s.throughput_per_second, s.paused_because,
  a.credentials_rejected, a.restriction, a.restricted_until, a.portfolio_id,
  (select jsonb_agg(jsonb_build_object('scope', p.scope, 'code', p.code, 'until', p.until))
     from sending_pause p where p.scope_id in (s.sender_id, s.account_id)) as pauses`;

/** Channels by name or id, each with its sender and the sender's account; the sender's columns are null where none is known. */
export const findChannels = `
  select c.channel_id, c.name, c.state, c.settings, ${senderColumns}
    from known_channel c
    left join known_sender s on s.sender_id = (c.settings ->> 'senderId')::uuid
    left join known_account a on a.account_id = s.account_id
   where c.workspace_id = $1 and (c.name = any($2) or c.channel_id::text = any($2))`;

export const findSender = `
  select ${senderColumns} from known_sender s left join known_account a using (account_id) where s.sender_id = $1`;

export const findChannelsOf = `
  select channel_id, name, state, settings from known_channel where settings ->> 'senderId' = $1::text`;

const templateColumns = `
  t.template_id, t.account_id, t.name, t.language, t.state, t.category, t.paused_until, t.definition, t.version,
  (select jsonb_build_object('until', p.until) from sending_pause p where p.scope_id = t.template_id) as pause`;

/** In the language asked for and its fallback, or in all languages where none is. */
export const findTemplates = `
  select distinct on (t.template_id) ${templateColumns}
    from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as asked (account_id, name, language, fallback)
    join known_template t using (account_id, name)
   where asked.language is null or t.language in (asked.language, asked.fallback)`;

export const findTemplatesById = `select ${templateColumns} from known_template t where t.template_id = any($1)`;

export const findWindows = `
  select w.sender_id, w.alias_key, w.last_inbound_at, w.last_entry_at, w.free_until
    from unnest($1::uuid[], $2::text[]) as asked (sender_id, alias_key)
    join service_window w using (sender_id, alias_key)`;
