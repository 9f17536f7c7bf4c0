export const updateMessages = `
update message m set
  requested_at = r.requested_at, state = r.state, channel = r.channel, template = r.template, campaign = r.campaign,
  contact_id = r.contact_id, reference = r.reference, conversation_id = r.conversation_id, wamid = r.wamid,
  accepted_at = r.accepted_at,
  view = r.view, decision = coalesce(r.decision, m.decision), personal = coalesce(decode(r.personal, 'base64'), m.personal)
from jsonb_to_recordset($1::jsonb) as r (
  message_id uuid, requested_at timestamptz, state text, channel text, template text, campaign text, contact_id uuid,
  reference text, conversation_id uuid, wamid text, accepted_at timestamptz, view jsonb, decision jsonb,
  personal text)
where m.message_id = r.message_id`;
