import { counters } from './delivery-figures.projection';

const names = counters.map((name) => `"${name}"`);

export const addDeltas = `
insert into delivery_figure as f (workspace_id, minute, channel, template, campaign, country, ${names.join(', ')})
select workspace_id, minute, channel, template, campaign, country, ${names.join(', ')}
from jsonb_to_recordset($1::jsonb) as r (
  workspace_id uuid, minute timestamptz, channel text, template text, campaign text, country text,
  ${names.map((name) => `${name} int`).join(', ')})
on conflict (workspace_id, minute, channel, template, campaign, country) do update set
  ${names.map((name) => `${name} = f.${name} + excluded.${name}`).join(', ')}`;
