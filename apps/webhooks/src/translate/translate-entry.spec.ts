import { catalogue } from '@postrider/event-contracts';
import { aliasKey, callbackToken, derivedId } from '@postrider/keys';
import {
  change,
  delivery,
  entry,
  messagesChange,
  nowSeconds,
  person,
  phoneNumberId,
  textMessage,
  wireStatus,
} from '../testing/deliveries';
import { factsOf, factsOfText, only, reading } from '../testing/translated';

const phoneKey = aliasKey(reading.identitySecret, { phone: person.wa_id });
const userKey = aliasKey(reading.identitySecret, { userId: person.user_id });
const senderId = derivedId.sender(reading.workspaceId, phoneNumberId);

const message = (over: Record<string, unknown> = {}) =>
  only(factsOf(entry([messagesChange({ messages: [textMessage(over)] })])));

describe('what a person sent', () => {
  it('is filed under the conversation of the person with the number, by the phone first', () => {
    const fact = message();
    expect(fact).toMatchObject({
      streamId: derivedId.conversation(senderId, phoneKey),
      orderingKey: phoneKey,
      aliasKeys: [phoneKey, userKey],
      event: {
        type: 'MessageReceived',
        data: {
          wamid: 'wamid.in.1',
          messageType: 'text',
          phoneNumberId,
          senderId,
          happenedAt: '2026-11-22T10:00:00.000Z',
        },
        personal: {
          phone: person.wa_id,
          userId: person.user_id,
          name: 'Ada',
          message: { type: 'text', text: { body: 'Hello' } },
        },
      },
    });
  });

  it('shows nothing of the person outside the personal part', () => {
    const { event, ...rest } = message();
    const shown = JSON.stringify({ ...rest, data: event.data });
    for (const secret of [person.wa_id, person.user_id, 'Ada', 'Hello']) expect(shown).not.toContain(secret);
  });

  it('names the message it answers and the advertisement that brought the person', () => {
    const { event } = message({
      context: { from: '1', id: 'wamid.q' },
      referral: { source_type: 'ad', source_id: 'AD1' },
    });
    expect(event.data).toMatchObject({ repliesTo: 'wamid.q', referral: { sourceType: 'ad', sourceId: 'AD1' } });
  });

  it.each([
    [
      { type: 'reaction', reaction: { message_id: 'wamid.x', emoji: '👍' } },
      'ReactionReceived',
      { reactsTo: 'wamid.x', removed: false },
    ],
    [
      { type: 'reaction', reaction: { message_id: 'wamid.x' } },
      'ReactionReceived',
      { reactsTo: 'wamid.x', removed: true },
    ],
    [
      { type: 'edit', edit: { original_message_id: 'wamid.x', message: { type: 'text' } } },
      'MessageEdited',
      { edits: 'wamid.x' },
    ],
    [{ type: 'revoke', revoke: { original_message_id: 'wamid.x' } }, 'MessageRevoked', { revokes: 'wamid.x' }],
    [
      { type: 'unsupported', errors: [{ code: 131051, title: 'Unknown' }] },
      'MessageReceived',
      { messageType: 'unsupported' },
    ],
    [{ type: 'new_in_2027', new_in_2027: {} }, 'MessageReceived', { messageType: 'new_in_2027' }],
  ])('%j becomes %s', (over, type, data) => {
    expect(message({ text: undefined, ...over }).event).toMatchObject({ type, data });
  });

  it('is one event when it comes again, alone or in another batch', () => {
    const alone = message();
    const batched = factsOf(entry([messagesChange({ messages: [textMessage({ id: 'wamid.in.0' }), textMessage()] })]));
    expect(batched[1]).toEqual(alone);
  });

  it('never takes the name of another person in the batch', () => {
    const other = { wa_id: '15551230002', user_id: 'US.1002', profile: { name: 'Bob' } };
    const value = { contacts: [other], messages: [textMessage()] };
    expect(only(factsOf(entry([messagesChange(value)]))).event.personal).not.toHaveProperty('name');
  });

  it('under a user id alone is filed under the user id', () => {
    const value = { contacts: [], messages: [textMessage({ from: undefined })] };
    expect(only(factsOf(entry([messagesChange(value)]))).orderingKey).toBe(userKey);
  });
});

describe('what is not understood', () => {
  it.each([
    ['a broken item', { text: { body: 7 } }],
    ['a message of nobody', { from: undefined, from_user_id: undefined, id: 'x' }],
    ['a number that is none', { from: '<PHONE>', from_user_id: undefined }],
    ['a time far ahead', { timestamp: '99999999999' }],
    ['an unknown system message', { type: 'system', text: undefined, system: { type: 'new' } }],
  ])('is kept raw: %s', (_, over) => {
    const value = { contacts: [], messages: [textMessage(over)] };
    const { event } = only(factsOf(entry([messagesChange(value)])));
    expect(event).toMatchObject({
      type: 'UnrecognisedChangeReceived',
      personal: { raw: { timestamp: expect.anything() } },
    });
  });

  it('does not stop the rest: 2 entries of 3 changes of 100 items with one poison are 599 facts and one kept raw', () => {
    let count = 0;
    const next = () => wireStatus({ id: `wamid.${count}`, ...(count++ === 345 ? { timestamp: 'poison' } : {}) });
    const changes = () => [0, 1, 2].map(() => messagesChange({ statuses: Array.from({ length: 100 }, next) }));
    const facts = factsOf(entry(changes()), entry(changes()));
    const raw = facts.filter((fact) => fact.event.type === 'UnrecognisedChangeReceived');
    expect([facts.length, raw.length]).toEqual([600, 1]);
    expect(new Set(facts.map((fact) => fact.id)).size).toBe(600);
  });

  it('a field, a change or a member that is not known is kept', () => {
    const facts = factsOf(
      entry([change('new_field', { a: 1 }), { nothing: true }, messagesChange({ contacts: [], news: [{ a: 1 }] })]),
    );
    expect(facts.map((fact) => fact.event.type)).toEqual(Array(3).fill('UnrecognisedChangeReceived'));
  });

  it('of great size is kept as an excerpt', () => {
    const { event } = only(factsOf(entry([change('new_field', { a: 'x'.repeat(200_000) })])));
    expect(event.personal).toMatchObject({ raw: { chars: 200_008 } });
  });
});

describe('a status', () => {
  const status = (over: Record<string, unknown>) =>
    only(factsOf(entry([messagesChange({ statuses: [wireStatus(over)] })]))).event;

  it('finds its message and attempt by the callback data', () => {
    const messageId = '01930000-0000-7000-8000-000000000001';
    const token = callbackToken(reading.identitySecret, { messageId, attempt: 2 });
    expect(status({ biz_opaque_callback_data: token }).data).toMatchObject({
      messageId,
      attempt: 2,
      status: 'delivered',
    });
    expect(status({ biz_opaque_callback_data: `${token}x` }).data).not.toHaveProperty('messageId');
  });

  it('carries price, errors and the end of a free entry window', () => {
    const { data } = status({
      status: 'failed',
      pricing: { billable: true, pricing_model: 'PMP', category: 'utility', type: 'regular' },
      errors: [{ code: 131026, title: 'Undeliverable', error_data: { details: 'why' } }],
      conversation: { id: 'c', expiration_timestamp: nowSeconds + 3_600 },
    });
    expect(data).toMatchObject({
      pricing: { billable: true, model: 'PMP', category: 'utility', type: 'regular' },
      errors: [{ code: 131026, title: 'Undeliverable', details: 'why' }],
      conversationExpiresAt: '2026-11-22T11:00:00.000Z',
    });
  });
});

describe('the account side', () => {
  const templateChange = {
    event: 'APPROVED',
    message_template_id: '9007199254740993123',
    message_template_name: 'welcome',
    message_template_language: 'en_US',
    reason: 'NONE',
  };
  it("tells of a template under Meta's own id, whatever its length", () => {
    const body = JSON.stringify(
      delivery(entry([change('message_template_status_update', templateChange)], { time: nowSeconds })),
    ).replace('"9007199254740993123"', '9007199254740993123');
    const fact = only(factsOfText(body));
    expect(fact).toMatchObject({
      streamId: derivedId.accountSide(reading.accountId),
      event: {
        type: 'TemplateChangeReported',
        data: { metaTemplateId: '9007199254740993123', templateName: 'welcome' },
      },
    });
  });

  it('takes equal reports of different times for two, and of the same time for one', () => {
    const at = (time?: number) =>
      only(
        factsOf(entry([change('message_template_status_update', templateChange)], time === undefined ? {} : { time })),
      ).id;
    expect(at(nowSeconds)).toBe(at(nowSeconds));
    expect(at(nowSeconds)).not.toBe(at(nowSeconds + 60));
    expect(at()).toBe(at());
  });

  it('takes reports of one second that differ for two, even where they differ in what is not told on', () => {
    const id = (over: object) =>
      only(
        factsOf(
          entry([change('message_template_status_update', { ...templateChange, ...over })], { time: nowSeconds }),
        ),
      ).id;
    expect(new Set([id({}), id({ event: 'PAUSED' }), id({ reason: 'QUALITY' }), id({})]).size).toBe(3);
    const pin = (requester: string) =>
      only(factsOf(entry([change('security', { event: 'PIN_CHANGED', requester })], { time: nowSeconds }))).id;
    expect(pin('1')).not.toBe(pin('2'));
  });

  it.each([
    ['phone_number_quality_update', { display_phone_number: '1555', event: 'DOWNGRADE' }, 'SenderChangeReported'],
    ['security', { display_phone_number: '1555', event: 'PIN_CHANGED', requester: '42' }, 'SenderChangeReported'],
    ['account_update', { event: 'ACCOUNT_RESTRICTION', restriction_info: [] }, 'AccountChangeReported'],
    ['flows', { event: 'FLOW_STATUS_CHANGE', flow_id: '1' }, 'AccountChangeReported'],
  ])('%s %j becomes %s', (field, value, type) => {
    const { event } = only(factsOf(entry([change(field, value)], { time: nowSeconds })));
    expect(event.type).toBe(type);
    expect(JSON.stringify(event.data)).not.toContain('requester');
  });
});

describe('people', () => {
  it('stop and resume marketing', () => {
    const value = {
      metadata: { phone_number_id: phoneNumberId },
      user_preferences: [{ wa_id: person.wa_id, category: 'marketing_messages', value: 'stop', timestamp: nowSeconds }],
    };
    expect(only(factsOf(entry([change('user_preferences', value)]))).event).toMatchObject({
      type: 'PreferenceReported',
      data: { category: 'marketing_messages', value: 'stop' },
    });
  });

  it.each([
    [{ type: 'user_changed_number', wa_id: '15559990000' }, 'number-changed'],
    [{ type: 'user_changed_user_id', user_id: 'US.2', previous_user_id: 'US.1' }, 'user-id-changed'],
    [{ type: 'customer_identity_changed' }, 'identity-changed'],
  ])('change who they are: %j', (system, kind) => {
    const fact = message({ type: 'system', text: undefined, system });
    expect(fact.event).toMatchObject({ type: 'IdentityChangeReported', data: { kind } });
    const { previousAliasKeys, currentAliasKeys } = fact.event.data as Record<string, string[]>;
    expect(previousAliasKeys!.length * currentAliasKeys!.length).toBeGreaterThan(0);
    expect(fact.orderingKey).toBe(phoneKey);
  });
});

it('every fact is an event as the contracts declare it', () => {
  const facts = factsOf(
    entry([
      messagesChange({
        messages: [textMessage()],
        statuses: [wireStatus()],
        errors: [{ code: 130429, title: 'Rate' }],
      }),
      change('account_update', { event: 'X' }),
      change('strange', {}),
    ]),
  );
  const declared = new Map(
    [...catalogue.values()].filter(({ service }) => service === 'webhooks').map((each) => [each.type, each]),
  );
  for (const { event } of facts) {
    const definition = declared.get(event.type)!;
    expect(definition.data.safeParse(event.data).error).toBeUndefined();
    if (definition.personal) expect(definition.personal.safeParse(event.personal).error).toBeUndefined();
  }
});
