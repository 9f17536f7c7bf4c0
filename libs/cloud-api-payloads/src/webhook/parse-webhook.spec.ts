import { parseWebhook } from './parse-webhook';
import { readField } from './read-field';
import { readMessages } from './read-messages';
import { readPreferences } from './read-preferences';

const delivery = (body: unknown) => {
  const parsed = parseWebhook(JSON.stringify(body));
  if (!parsed.ok) throw new Error(parsed.error.because);
  return parsed.value;
};
const change = (field: string, value: unknown) => ({ field, value });
const of = (...changes: unknown[]) => ({ object: 'whatsapp_business_account', entry: [{ id: '1', changes }] });
const metadata = { display_phone_number: '15550100001', phone_number_id: '3' };
const text = { id: 'wamid.a', from: '15550100100', timestamp: '1700000000', type: 'text', text: { body: 'hello' } };

describe('parseWebhook', () => {
  it('gives every entry with its changes', () => {
    const parsed = delivery({
      object: 'whatsapp_business_account',
      entry: [
        { id: '1', time: 1739321024, changes: [change('security', { event: 'PIN_CHANGED' })] },
        { id: '2', changes: [change('messages', {}), change('flows', { event: 'x' })] },
      ],
    });
    expect(parsed.entries.map((entry) => [entry.id, entry.time, entry.changes.map((each) => each.field)])).toEqual([
      ['1', 1739321024, ['security']],
      ['2', undefined, ['messages', 'flows']],
    ]);
  });

  it('sets aside what it cannot read, and gives the rest', () => {
    const good = change('flows', { event: 'x' });
    const parsed = delivery({
      object: 'o',
      later: 1,
      entry: [null, { changes: [] }, { id: '1', extra: true, changes: [7, { field: 'f' }, { ...good, seen: 1 }] }],
    });
    expect(parsed.extra).toEqual({ later: 1 });
    expect(parsed.unrecognised).toEqual([null, { changes: [] }]);
    expect(parsed.entries).toEqual([
      {
        id: '1',
        extra: { extra: true },
        unrecognised: [7, { field: 'f' }],
        changes: [{ ...good, extra: { seen: 1 } }],
      },
    ]);
  });

  it.each([
    ['not-a-webhook', '[]'],
    ['not-a-webhook', '{"object":"o"}'],
    ['not-a-webhook', 'null'],
    ['not-json', 'object'],
  ])('refuses what is %s with that code', (code, body) => {
    expect(parseWebhook(body)).toMatchObject({ ok: false, error: { code } });
  });

  it('keeps a template id of 64 bits', () => {
    const body = '{"message_template_id":9223372036854775807,"event":"APPROVED"}';
    const parsed = parseWebhook(
      `{"object":"o","entry":[{"id":"1","changes":[{"field":"message_template_status_update","value":${body}}]}]}`,
    );
    const first = parsed.ok ? parsed.value.entries[0]?.changes[0] : undefined;
    expect(first && readField(first)).toMatchObject({
      kind: 'read',
      value: { message_template_id: '9223372036854775807' },
    });
  });
});

describe('readMessages', () => {
  const read = (value: Record<string, unknown>) => {
    const [first] = delivery(of(change('messages', value))).entries[0]?.changes ?? [];
    if (!first) throw new Error('no change');
    return readMessages(first.value);
  };

  it('reads each message and status on its own, so that a poisoned one spoils no other', () => {
    const { messages, statuses } = read({
      metadata,
      messages: [text, 'poison', { ...text, text: 5 }, { ...text, id: 'wamid.b' }],
      statuses: [{ id: 'wamid.c', status: 'sent', timestamp: '1' }, { status: 'read' }],
    });
    expect(messages.map((item) => item.ok)).toEqual([true, false, false, true]);
    expect(messages[2]).toMatchObject({ problems: [{ path: 'text' }], raw: { text: 5 } });
    expect(statuses.map((item) => item.ok)).toEqual([true, false]);
  });

  it('keeps a message of a type that is not known', () => {
    const poll = { id: 'wamid.p', timestamp: 1700000000, type: 'poll', poll: { question: '?' } };
    const [item] = read({ metadata, messages: [poll] }).messages;
    expect(item).toMatchObject({ ok: true, value: { type: 'poll', timestamp: '1700000000', poll: { question: '?' } } });
  });

  it('takes a message that has errors in place of its content', () => {
    const [item] = read({ metadata, messages: [{ ...text, text: undefined, errors: [{ code: 131051 }] }] }).messages;
    expect(item?.ok).toBe(true);
  });

  it('names members of the value that it does not know', () => {
    expect(read({ metadata, surprise: [1] }).unrecognised).toEqual({ surprise: [1] });
  });

  it('gives the rest where the number is not said', () => {
    const value = read({ metadata: 'lost', errors: [{ code: 130429 }] });
    expect(value.metadata).toBeUndefined();
    expect(value.unrecognised).toEqual({ metadata: 'lost' });
    expect(value.errors).toMatchObject([{ ok: true, value: { code: 130429 } }]);
  });
});

describe('readField', () => {
  it('gives a field that is not known raw', () => {
    expect(readField({ field: 'toString', value: { a: 1 } })).toEqual({
      kind: 'unknown-field',
      field: 'toString',
      raw: { a: 1 },
    });
  });

  it('gives a broken value raw, with what is wrong', () => {
    expect(readField({ field: 'account_update', value: { event: 5 } })).toMatchObject({
      kind: 'broken',
      problems: [{ path: 'event' }],
      raw: { event: 5 },
    });
  });

  it.each(['TIER_2K', 2000])('takes the capability limit %s, text or integer', (limit) => {
    const value = { max_daily_conversations_per_business: limit };
    expect(readField({ field: 'business_capability_update', value })).toMatchObject({ kind: 'read', value });
  });
});

it('reads preferences item by item', () => {
  const good = { user_id: 'US.1', category: 'marketing_messages', value: 'stop', timestamp: 1731705721 };
  const { preferences } = readPreferences({ metadata, user_preferences: [good, { value: 'stop' }] });
  expect(preferences.map((item) => item.ok)).toEqual([true, false]);
});
