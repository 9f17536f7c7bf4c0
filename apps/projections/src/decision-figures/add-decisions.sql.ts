export const addDecisions = `
insert into decision_figure as f (workspace_id, minute, channel, template, campaign, country, outcome, code, messages)
select workspace_id, minute, channel, template, campaign, country, outcome, code, messages
from jsonb_to_recordset($1::jsonb) as r (
  workspace_id uuid, minute timestamptz, channel text, template text, campaign text, country text,
  outcome text, code text, messages int)
on conflict (workspace_id, minute, channel, template, campaign, country, outcome, code)
do update set messages = f.messages + excluded.messages`;
