/** Webhook bodies with defaults, as Meta would send them. */
export const wabaId = '2000000000000001';
export const phoneNumberId = '3000000000000001';
export const person = { wa_id: '15551230001', user_id: 'US.1001' };
export const nowSeconds = Math.floor(Date.parse('2026-11-22T10:00:00Z') / 1_000);

type Json = Record<string, unknown>;

export const delivery = (...entries: Json[]) => ({ object: 'whatsapp_business_account', entry: entries });
export const entry = (changes: Json[], over: Json = {}): Json => ({ id: wabaId, changes, ...over });
export const change = (field: string, value: Json): Json => ({ field, value });

export const messagesChange = (value: Json): Json =>
  change('messages', {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '15550100001', phone_number_id: phoneNumberId },
    contacts: [{ profile: { name: 'Ada' }, ...person }],
    ...value,
  });

export const textMessage = (over: Json = {}): Json => ({
  from: person.wa_id,
  from_user_id: person.user_id,
  id: 'wamid.in.1',
  timestamp: String(nowSeconds),
  type: 'text',
  text: { body: 'Hello' },
  ...over,
});

export const wireStatus = (over: Json = {}): Json => ({
  id: 'wamid.out.1',
  status: 'delivered',
  timestamp: String(nowSeconds),
  recipient_id: person.wa_id,
  recipient_user_id: person.user_id,
  ...over,
});
