import { fieldNames, isMessageField, messageFields, readField, type FieldName } from './read-field';
import { readMessages } from './read-messages';
import { parseWebhook } from './parse-webhook';

const id = 'a-64-bit-id';
const metadata = { display_phone_number: '15550100001', phone_number_id: '3000000000000001' };
const number = { messaging_product: 'whatsapp', metadata };
const template = { message_template_id: id, message_template_name: 'welcome', message_template_language: 'en_US' };
const ofNumber = { display_phone_number: '15550100001' };
const group = {
  ...number,
  groups: [{ timestamp: '1700000000', group_id: 'Y2Fw', type: 'group_create', request_id: 'r' }],
};

/** Values as Meta documents them, several where it documents or sends several forms. */
const documented: Record<FieldName, object[]> = {
  message_template_status_update: [
    { event: 'APPROVED', ...template, reason: 'NONE', message_template_category: 'MARKETING' },
    { event: 'DISABLED', ...template, reason: null, disable_info: { disable_date: 'DATE' }, other_info: null },
    { event: 'PAUSED', ...template, reason: 'NONE', other_info: { title: 'FIRST_PAUSE', description: 'Three hours' } },
    { event: 'REJECTED', ...template, rejection_info: { reason: 'INVALID_FORMAT', recommendation: 'Write it anew' } },
    { event: 'AN_EVENT_OF_NEXT_YEAR', ...template },
  ],
  message_template_quality_update: [{ previous_quality_score: 'GREEN', new_quality_score: 'RED', ...template }],
  message_template_components_update: [
    {
      ...template,
      message_template_title: 'Hi',
      message_template_element: 'Body {{1}}',
      message_template_footer: 'Bye',
      message_template_buttons: [
        { message_template_button_type: 'URL', message_template_button_text: 'See', message_template_button_url: 'u' },
        { message_template_button_type: 'PHONE_NUMBER', message_template_button_phone_number: '+1' },
      ],
    },
  ],
  template_category_update: [
    { ...template, new_category: 'UTILITY', correct_category: 'MARKETING', category_update_timestamp: 1746169200 },
    { ...template, previous_category: 'UTILITY', new_category: 'MARKETING' },
  ],
  template_correct_category_detection: [{ ...template, category: 'UTILITY', correct_category: 'MARKETING' }],
  phone_number_quality_update: [
    { ...ofNumber, event: 'THROUGHPUT_UPGRADE', max_daily_conversations_per_business: 'TIER_UNLIMITED' },
    { ...ofNumber, event: 'FLAGGED', current_limit: 'TIER_10K', old_limit: 'TIER_100K' },
  ],
  phone_number_name_update: [
    { ...ofNumber, decision: 'REJECTED', requested_verified_name: 'Shop', rejection_reason: 'NAME_NOT_ALLOWED' },
    { ...ofNumber, decision: 'APPROVED', requested_verified_name: 'Shop', rejection_reason: null },
  ],
  account_update: [
    { event: 'ACCOUNT_DELETED' },
    { event: 'ACCOUNT_VIOLATION', phone_number: '15550100001', violation_info: { violation_type: 'SCAM' } },
    {
      event: 'ACCOUNT_RESTRICTION',
      restriction_info: [{ restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: 1641848400 }],
    },
    {
      event: 'DISABLED_UPDATE',
      ban_info: { waba_ban_state: ['SCHEDULE_FOR_DISABLE'], waba_ban_date: 'January 2, 2026' },
    },
    { event: 'PARTNER_ADDED', waba_info: { waba_id: '2', owner_business_id: '1' } },
    { event: 'AUTH_INTL_PRICE_ELIGIBILITY_UPDATE', auth_international_rate_eligibility: { start_time: 1746082800 } },
    { event: 'BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE', country: 'DE' },
    { event: 'VOLUME_BASED_PRICING_TIER_UPDATE', volume_tier_info: { tier: '0:MAX', pricing_category: 'UTILITY' } },
    { event: 'ACCOUNT_OFFBOARDED', disconnection_info: { reason: 'USER' } },
    { event: 'MM_LITE_TERMS_SIGNED' },
  ],
  account_review_update: [{ decision: 'APPROVED' }, { decision: 'DEFERRED' }],
  account_alerts: [
    {
      entity_type: 'BUSINESS',
      entity_id: 1500000000000001,
      alert_info: {
        alert_severity: 'INFORMATIONAL',
        alert_status: 'NONE',
        alert_type: 'OBA_APPROVED',
        alert_description: 'x',
      },
    },
  ],
  account_settings_update: [
    { type: 'phone_number_settings', phone_number_settings: { calling: { status: 'ENABLED' } } },
  ],
  business_capability_update: [
    { max_daily_conversations_per_business: 'TIER_2K', max_phone_numbers_per_business: 20 },
    { max_daily_conversations_per_business: 2_000, max_phone_numbers_per_waba: 25 },
    { max_daily_conversation_per_phone: -1 },
  ],
  business_status_update: [{ event: 'ANYTHING' }, {}],
  business_username_update: [
    { ...ofNumber, username: 'shop', status: 'approved' },
    { ...ofNumber, status: 'deleted' },
  ],
  security: [
    { ...ofNumber, event: 'PIN_CHANGED', requester: 1200000000000001 },
    { ...ofNumber, event: 'PIN_RESET_REQUEST' },
  ],
  payment_configuration_update: [
    {
      configuration_name: 'shop',
      provider_name: 'razorpay',
      provider_mid: 'm',
      status: 'ACTIVE',
      created_timestamp: 1748827100,
    },
  ],
  partner_solutions: [{ event: 'SOLUTION_CREATED', solution_id: '774485461512159', solution_status: 'INITIATED' }],
  flows: [
    {
      event: 'FLOW_STATUS_CHANGE',
      message: 'm',
      flow_id: '6627390910605886',
      old_status: 'DRAFT',
      new_status: 'PUBLISHED',
    },
    { event: 'ENDPOINT_LATENCY', message: 'm', flow_id: 6627390910605886, p90_latency: 5 },
  ],
  user_preferences: [
    {
      ...number,
      contacts: [{ profile: { name: 'Ann' }, wa_id: '4915112345601' }],
      user_preferences: [
        {
          wa_id: '4915112345601',
          user_id: 'DE.1',
          detail: 'x',
          category: 'marketing_messages',
          value: 'stop',
          timestamp: 1,
        },
      ],
    },
  ],
  user_id_update: [
    {
      ...number,
      user_id_update: [{ wa_id: '49', detail: 'x', user_id: { previous: 'DE.1', current: 'DE.2' }, timestamp: '1' }],
    },
  ],
  calls: [
    {
      ...number,
      calls: [{ id: 'wacid.a', from: '49', to: '1', event: 'connect', timestamp: '1', session: { sdp_type: 'offer' } }],
    },
    { ...number, statuses: [{ id: 'wacid.a', type: 'call', status: 'RINGING', recipient_id: '49' }] },
  ],
  history: [
    {
      ...number,
      history: [
        {
          metadata: { phase: 0, chunk_order: 1, progress: 55 },
          threads: [{ id: '49', messages: [{ id: 'wamid.a', type: 'text', history_context: { status: 'READ' } }] }],
        },
      ],
    },
    { ...number, history: [{ errors: [{ code: 2593109, title: 'declined' }] }] },
  ],
  smb_app_state_sync: [
    {
      ...number,
      state_sync: [
        {
          type: 'contact',
          contact: { full_name: 'Ann Lee', first_name: 'Ann', phone_number: '49' },
          action: 'add',
          metadata: { timestamp: '1' },
        },
      ],
    },
  ],
  automatic_events: [
    { ...number, automatic_events: [{ id: 'wamid.a', event_name: 'LeadSubmitted', timestamp: 1, ctwa_clid: 'c' }] },
  ],
  tracking_events: [
    {
      ...number,
      events: [{ event_name: 'sent', timestamp: 1, tracking_data: { click_id: 'c', tracking_token: 't' } }],
    },
  ],
  group_lifecycle_update: [group],
  group_participants_update: [group],
  group_settings_update: [group],
  group_status_update: [group],
  messaging_handovers: [
    {
      ...{ messaging_product: 'whatsapp', recipient: number.metadata, sender: { phone_number: '49' } },
      ...{ timestamp: '1', type: 'control_passed' },
      control_passed: { metadata: 'x', previous_owner_role: 'ai_agent', new_owner_role: 'escalation' },
    },
  ],
};

/** The value after the wire, where template ids are integers of 64 bits, and every object has members nobody knows. */
function received(field: string, value: object): { field: string; value: Readonly<Record<string, unknown>> } {
  const grown = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(grown);
    if (typeof part !== 'object' || part === null) return part;
    const members = Object.entries(part).map(([key, member]) => [key, grown(member)]);
    return { ...Object.fromEntries(members), later: { kept: [true] } };
  };
  const text = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '2', changes: [{ field, value: grown(value) }] }],
  });
  const parsed = parseWebhook(text.replaceAll(`"${id}"`, '9007199254740993001'));
  const change = parsed.ok ? parsed.value.entries[0]?.changes[0] : undefined;
  if (!change) throw new Error('not a change');
  return change;
}
/** How many of the members that nobody knows are in a value. */
const kept = (value: unknown): number => JSON.stringify(value).split('"later":{"kept":[true]}').length - 1;

describe('every webhook field that Meta documents', () => {
  const cases = fieldNames.flatMap((field) => documented[field].map((value, nth) => ({ field, nth, value })));
  it.each(cases)('$field ($nth) is read, with what is not known in it kept', ({ field, value }) => {
    const change = received(field, value);
    const reading = readField(change);
    expect(reading).toMatchObject({ kind: 'read', field, raw: change.value });
    expect(reading.kind === 'read' && kept(reading.value)).toBe(kept(change.value));
    if ('message_template_id' in value)
      expect(reading).toMatchObject({ value: { message_template_id: '9007199254740993001' } });
  });
});

const from = { from: '4915112345601', from_user_id: 'DE.1', id: 'wamid.a', timestamp: '1700000000' };
const media = { id: '5', mime_type: 'image/png', sha256: 'x=', url: 'https://lookaside.fbsbx.com/a' };
const inbound: Record<string, object> = {
  text: { type: 'text', text: { body: 'Hi' } },
  image: { type: 'image', image: { ...media, caption: 'c' } },
  video: { type: 'video', video: media },
  'voice note': { type: 'audio', audio: { ...media, voice: true } },
  document: { type: 'document', document: { ...media, filename: 'a.pdf' } },
  sticker: { type: 'sticker', sticker: { ...media, animated: false } },
  location: { type: 'location', location: { latitude: 52.5, longitude: 13.4, name: 'n', address: 'a', url: 'u' } },
  contacts: { type: 'contacts', contacts: [{ name: { formatted_name: 'Ann' }, origin: 'contact_request' }] },
  reaction: { type: 'reaction', reaction: { message_id: 'wamid.b', emoji: '👍' } },
  'a reaction taken back': { type: 'reaction', reaction: { message_id: 'wamid.b' } },
  'a quick reply without context': { type: 'button', button: { payload: 'p', text: 't' } },
  'a reply button': {
    type: 'interactive',
    interactive: { type: 'button_reply', button_reply: { id: 'a', title: 'A' } },
  },
  'a list row': {
    type: 'interactive',
    interactive: { type: 'list_reply', list_reply: { id: 'a', title: 'A', description: 'd' } },
  },
  'a flow': {
    type: 'interactive',
    interactive: { type: 'nfm_reply', nfm_reply: { name: 'flow', body: 'Sent', response_json: 'not an object' } },
  },
  'a call permission': {
    type: 'interactive',
    interactive: {
      type: 'call_permission_reply',
      call_permission_reply: {
        response: 'accept',
        is_permanent: false,
        expiration_timestamp: 1,
        response_source: 'user_action',
      },
    },
  },
  'a payment': {
    type: 'interactive',
    interactive: { type: 'payment_method', payment_method: { payment_method: 'pix' } },
  },
  order: {
    type: 'order',
    order: {
      catalog_id: '1',
      product_items: [{ product_retailer_id: 'p', quantity: '1', item_price: 9.5, currency: 'EUR' }],
    },
  },
  'a changed number': { type: 'system', system: { body: 'b', wa_id: '49', type: 'user_changed_number' } },
  'a changed user id': {
    type: 'system',
    system: { previous_user_id: 'DE.1', user_id: 'DE.2', type: 'user_changed_user_id' },
  },
  unsupported: { type: 'unsupported', errors: [{ code: 131051, title: 'x' }], unsupported: { type: 'poll' } },
  'an edit': {
    type: 'edit',
    edit: { original_message_id: 'wamid.b', message: { type: 'text', text: { body: 'Ho' } } },
  },
  'a revocation': { type: 'revoke', revoke: { original_message_id: 'wamid.b' } },
  'an answer to an ad': {
    type: 'text',
    text: { body: 'Hi' },
    context: { from: '1', id: 'wamid.b', forwarded: true },
    referral: { source_url: 'u', source_id: 7, source_type: 'ad', ctwa_clid: 'c', welcome_message: { text: 'w' } },
  },
  'a type of next year': { type: 'hologram', hologram: { depth: 3 } },
};
const statuses: Record<string, object> = {
  'sent before version 24': {
    status: 'sent',
    recipient_id: '49',
    conversation: { id: 'c', expiration_timestamp: 1, origin: { type: 'utility' } },
    pricing: { billable: true, pricing_model: 'PMP', type: 'regular', category: 'authentication-international' },
  },
  'delivered to a user id': { status: 'delivered', recipient_user_id: 'DE.1', recipient_parent_user_id: 'DE.ENT.1' },
  played: { status: 'played', recipient_id: '49', biz_opaque_callback_data: 'mine' },
  'failed, as told of old': {
    status: 'failed',
    recipient_id: '49',
    errors: [{ code: '131026', title: 't', details: 'd' }],
  },
  'read in a group': { status: 'read', recipient_type: 'group', recipient_id: 'Y2Fw', recipient_participant_id: '49' },
  'of Direct Send': { status: 'sent', recipient_id: '49', template_id: id },
};

describe('every message and status that Meta documents', () => {
  it.each(Object.entries(inbound))('%s is read, with what is not known in it kept', (_, message) => {
    const { value } = received('messages', { ...number, messages: [{ ...from, ...message }] });
    const [item] = readMessages(value).messages;
    expect(item).toMatchObject({ ok: true });
    expect(item?.ok && kept(item.value)).toBe(kept(item?.raw));
  });

  it.each(Object.entries(statuses))('%s is read, with what is not known in it kept', (_, status) => {
    const { value } = received('messages', {
      ...number,
      statuses: [{ id: 'wamid.a', timestamp: '1700000000', ...status }],
    });
    const [item] = readMessages(value).statuses;
    expect(item).toMatchObject({ ok: true });
    expect(item?.ok && kept(item.value)).toBe(kept(item?.raw));
    if ('template_id' in status) expect(item).toMatchObject({ value: { template_id: '9007199254740993001' } });
  });

  it('comes under each of the fields that are shaped alike', () => {
    expect(messageFields.every(isMessageField)).toBe(true);
    const echo = { ...from, to: '49', to_user_id: 'DE.1', ...inbound.text };
    const { value } = received('smb_message_echoes', { ...number, message_echoes: [echo] });
    expect(readMessages(value).echoes).toMatchObject([{ ok: true, value: { to: '49', text: { body: 'Hi' } } }]);
  });
});
