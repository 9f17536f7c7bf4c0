import { catalogue } from '@postrider/event-contracts';
import { aliasKey } from '@postrider/keys';
import fc from 'fast-check';
import {
  change,
  entry,
  messagesChange,
  nowSeconds,
  phoneNumberId,
  textMessage,
  wireStatus,
} from '../testing/deliveries';
import { describeWithFixtures } from '../testing/fixtures';
import { factsOf, factsOfText, only, reading } from '../testing/translated';
import type { Fact } from './fact';

const ours = '15550100001';
const theirs = '15551230001';
const number = { metadata: { display_phone_number: ours, phone_number_id: phoneNumberId } };
const theirKey = aliasKey(reading.identitySecret, { phone: theirs });

describe('what our number said by another way', () => {
  const echo = (over: Record<string, unknown>) => ({
    id: 'wamid.e',
    timestamp: String(nowSeconds),
    type: 'text',
    text: { body: 'Hi' },
    ...over,
  });
  it.each([
    ['smb_message_echoes', 'message_echoes', { from: ours, to: theirs }],
    ['smb_message_echoes', 'message_echoes', { from: theirs, to: ours }],
    ['message_echoes', 'messages', { from: ours, to: theirs }],
  ])('%s, listed under %s, is filed under the person, %j', (field, list, sides) => {
    const fact = only(factsOf(entry([change(field, { ...number, [list]: [echo(sides)] })])));
    expect(fact).toMatchObject({
      orderingKey: theirKey,
      event: { type: 'MessageEchoed', data: { wamid: 'wamid.e', via: field } },
    });
  });

  it('names the message that it changes', () => {
    const edit = echo({ from: ours, to: theirs, type: 'edit', edit: { original_message_id: 'wamid.o', message: {} } });
    expect(
      only(factsOf(entry([change('smb_message_echoes', { ...number, message_echoes: [edit] })]))).event.data,
    ).toMatchObject({
      messageType: 'edit',
      changes: 'wamid.o',
    });
  });
});

/** As Meta's pages of August and September 2026 have it, and as others saw it come. */
describe('while another answers the thread', () => {
  const inStandby = (standby: Record<string, unknown>) => entry([change('standby', { ...number, standby })]);
  const contacts = [{ wa_id: theirs, user_id: 'US.2002' }];

  it('a person is heard as ever, and the fact says so', () => {
    const message = textMessage({ from: theirs, from_user_id: 'US.2002' });
    const fact = only(factsOf(inStandby({ contacts, messages: [message] })));
    expect(fact).toMatchObject({
      orderingKey: theirKey,
      event: { type: 'MessageReceived', data: { standby: true }, personal: { message: { text: { body: 'Hello' } } } },
    });
    declaredRightly([fact]);
    const directly = only(factsOf(entry([messagesChange({ contacts, messages: [message] })])));
    expect(directly.id).toBe(fact.id);
    expect(directly.event.data).not.toHaveProperty('standby');
  });

  it('what became of its messages is told', () => {
    const fact = only(factsOf(inStandby({ statuses: [wireStatus({ recipient_id: theirs })] })));
    expect(fact).toMatchObject({ orderingKey: theirKey, event: { type: 'StatusReported' } });
  });

  it.each([
    [{ to: theirs, recipient: theirs }, theirKey],
    [{ recipient: 'US.2002' }, aliasKey(reading.identitySecret, { userId: 'US.2002' })],
  ])('what it said to %j is filed under the person', (address, key) => {
    const message = { ...address, recipient_type: 'individual', type: 'text', text: { body: 'How can I help?' } };
    const echoes = [{ id: 'wamid.agent', timestamp: String(nowSeconds), message }];
    const fact = only(factsOf(inStandby({ message_echoes: echoes })));
    expect(fact).toMatchObject({
      orderingKey: key,
      event: {
        type: 'MessageEchoed',
        data: { wamid: 'wamid.agent', via: 'standby', messageType: 'text' },
        personal: { message: { text: { body: 'How can I help?' } } },
      },
    });
    declaredRightly([fact]);
  });

  it.each([
    ['control_passed', { previous_owner_role: 'ai_agent', new_owner_role: 'escalation', metadata: 'm' }],
    ['control_taken', { previous_owner_app_role: 'ai_agent', new_owner_role: 'escalation' }],
  ])('%s says whose it was and whose it is', (type, owners) => {
    const handover = {
      ...{ messaging_product: 'whatsapp', recipient: number.metadata, sender: { phone_number: theirs } },
      ...{ timestamp: String(nowSeconds), type, [type]: owners },
    };
    const fact = only(factsOf(entry([change('messaging_handovers', handover)])));
    expect(fact).toMatchObject({
      orderingKey: theirKey,
      event: {
        type: 'ThreadControlReported',
        data: { phoneNumberId, change: type, previousOwner: 'ai_agent', newOwner: 'escalation' },
        personal: { phone: theirs },
      },
    });
    declaredRightly([fact]);
  });

  it('a handover that says nothing of owners is one all the same', () => {
    const handover = {
      ...{ recipient: number.metadata, sender: { user_id: 'US.2002' } },
      ...{ timestamp: nowSeconds, type: 'control_passed' },
    };
    const { event } = only(factsOf(entry([change('messaging_handovers', handover)])));
    expect(event).toMatchObject({ type: 'ThreadControlReported', personal: { userId: 'US.2002' } });
    expect(event.data).not.toHaveProperty('newOwner');
  });
});

it('what a person writes in a group is of the number, and of no conversation', () => {
  const message = textMessage({ from: theirs, group_id: 'group-1', context: { id: 'wamid.o', from: ours } });
  const fact = only(factsOf(entry([messagesChange({ contacts: [], messages: [message] })])));
  expect(fact).toMatchObject({
    aliasKeys: expect.arrayContaining([theirKey]),
    event: {
      type: 'GroupMessageReceived',
      data: { phoneNumberId, groupId: 'group-1', wamid: message.id, messageType: 'text', repliesTo: 'wamid.o' },
      personal: { phone: theirs, message: { text: { body: 'Hello' } } },
    },
  });
  expect(fact.event.data).not.toHaveProperty('conversationId');
  expect(JSON.stringify(fact.event.data)).not.toContain(theirs);
  declaredRightly([fact]);
});

describe('history', () => {
  it('imports each message of each thread, in or out, and keeps what it cannot read', () => {
    const messages = [
      textMessage({ id: 'h1', from: theirs, history_context: { status: 'READ' } }),
      textMessage({ id: 'h2', from: ours, to: theirs }),
      textMessage({ id: 'h3', timestamp: 'poison' }),
    ];
    const facts = factsOf(
      entry([
        change('history', { ...number, history: [{ metadata: { phase: 0 }, threads: [{ id: theirs, messages }] }] }),
      ]),
    );
    expect(facts.map(({ event }) => event)).toMatchObject([
      { type: 'MessageImported', data: { wamid: 'h1', direction: 'in', status: 'READ' } },
      { type: 'MessageImported', data: { wamid: 'h2', direction: 'out' } },
      { type: 'UnrecognisedChangeReceived' },
    ]);
    expect(facts[1]!.orderingKey).toBe(theirKey);
  });

  it('that the business declined to share is told of the number', () => {
    const declined = { ...number, history: [{ errors: [{ code: 2593109 }] }] };
    expect(only(factsOf(entry([change('history', declined)]))).event).toMatchObject({
      type: 'SenderChangeReported',
      data: { field: 'history', phoneNumberId, change: { errors: [{ code: 2593109 }] } },
    });
  });
});

describe('a call', () => {
  it.each([
    [
      { event: 'connect', direction: 'USER_INITIATED', from: theirs, to: ours, session: { sdp: 'secret' } },
      { event: 'connect', direction: 'in' },
    ],
    [
      {
        event: 'terminate',
        direction: 'BUSINESS_INITIATED',
        from: ours,
        to: theirs,
        status: 'COMPLETED',
        duration: 120,
      },
      { event: 'terminate', direction: 'out', outcome: 'COMPLETED', durationSeconds: 120 },
    ],
  ])('%j is told as %j, without its session', (call, told) => {
    const { event, orderingKey } = only(
      factsOf(
        entry([change('calls', { ...number, calls: [{ id: 'wacid.1', timestamp: String(nowSeconds), ...call }] })]),
      ),
    );
    expect(event).toMatchObject({ type: 'CallReported', data: told });
    expect(JSON.stringify(event)).not.toContain('secret');
    expect(orderingKey).toBe(theirKey);
  });
});

it('the status of a call is of one that we make', () => {
  const ringing = {
    id: 'wacid.2',
    type: 'call',
    status: 'RINGING',
    recipient_id: theirs,
    timestamp: String(nowSeconds),
  };
  expect(only(factsOf(entry([change('calls', { ...number, statuses: [ringing] })]))).event.data).toMatchObject({
    event: 'RINGING',
    direction: 'out',
  });
});

describe('what Meta tells beside conversations', () => {
  const at = { timestamp: nowSeconds };
  const click = {
    ...{ action_type: 'marketing_messages_link_click', ...at },
    marketing_messages_link_click_data: { click_component: 'CTA', click_id: 'click-1', tracking_token: 'token-1' },
  };
  const lead = { id: 'e1', event_name: 'LeadSubmitted', ...at, ctwa_clid: 'clid-1', custom_data: { value: 7 } };
  const sent = { event_name: 'sent', ...at, tracking_data: { click_id: 'click-2', tracking_token: 'token-2' } };
  const group = {
    group_id: 'group-1',
    type: 'group_create',
    request_id: 'r1',
    ...at,
    participants: [{ wa_id: theirs }],
  };
  it.each([
    ['messages', { user_actions: [click] }, 'MarketingActivityReported', { kind: 'click', name: click.action_type }],
    [
      'automatic_events',
      { automatic_events: [lead] },
      'MarketingActivityReported',
      { kind: 'conversion', name: 'LeadSubmitted' },
    ],
    ['tracking_events', { events: [sent] }, 'MarketingActivityReported', { kind: 'tracking', name: 'sent' }],
    [
      'group_lifecycle_update',
      { groups: [group] },
      'GroupChangeReported',
      { groupId: 'group-1', change: 'group_create', requestId: 'r1' },
    ],
    ['group_participants_update', { groups: [group] }, 'GroupChangeReported', { field: 'group_participants_update' }],
    ['group_settings_update', { groups: [group] }, 'GroupChangeReported', { field: 'group_settings_update' }],
    ['group_status_update', { groups: [group] }, 'GroupChangeReported', { field: 'group_status_update' }],
  ])('%s becomes a fact of the number, that names people in its personal part alone', (field, value, type, data) => {
    const fact = only(factsOf(entry([change(field, { ...number, ...value })])));
    expect(fact.event).toMatchObject({
      type,
      data: { ...data, phoneNumberId, happenedAt: '2026-11-22T10:00:00.000Z' },
    });
    const shown = JSON.stringify({ ...fact, event: { ...fact.event, personal: null } });
    for (const secret of [theirs, 'click-1', 'token-1', 'clid-1']) expect(shown).not.toContain(secret);
    declaredRightly([fact]);
    expect(only(factsOf(entry([change(field, { ...number, ...value })]))).id).toBe(fact.id);
  });

  it.each(['add', 'edit', 'remove'])('%s in the address book is filed under the person', (action) => {
    const contact = { full_name: 'Ada Lovelace', first_name: 'Ada', phone_number: theirs };
    const item = { type: 'contact', contact, action, metadata: at };
    const fact = only(factsOf(entry([change('smb_app_state_sync', { ...number, state_sync: [item] })])));
    expect(fact).toMatchObject({
      orderingKey: theirKey,
      event: { type: 'AddressBookReported', data: { action }, personal: { phone: theirs, name: 'Ada Lovelace' } },
    });
    declaredRightly([fact]);
  });

  it.each([
    ['automatic_events', { automatic_events: [{ timestamp: nowSeconds }] }],
    ['tracking_events', { events: [{ event_name: 'sent' }] }],
    ['group_status_update', { groups: [{ ...at, type: 'x' }] }],
    ['smb_app_state_sync', { state_sync: [{ type: 'other', metadata: at }] }],
    ['messaging_handovers', {}],
  ])('%s that lacks what makes it a fact is kept raw', (field, value) => {
    const { event } = only(factsOf(entry([change(field, { ...number, ...value })])));
    expect(event.type).toBe('UnrecognisedChangeReceived');
  });
});

/** Every event is as the contracts declare it. */
function declaredRightly(facts: readonly Fact[]): void {
  for (const { event } of facts) {
    const definition = [...catalogue.values()].find(
      ({ service, type }) => service === 'webhooks' && type === event.type,
    )!;
    expect(definition.data.safeParse(event.data).error).toBeUndefined();
    if (event.personal !== undefined) expect(definition.personal?.safeParse(event.personal).error).toBeUndefined();
  }
}

describeWithFixtures('payloads that others collected', (payloads) => {
  /** Its person is a placeholder that is no number. */
  const keptRaw = /status__group/;
  it.each(payloads.map(({ name, text }) => [name, text]))('%s becomes facts', (name, text) => {
    const facts = factsOfText(text);
    expect(facts.length).toBeGreaterThan(0);
    declaredRightly(facts);
    if (!keptRaw.test(name)) expect(facts.map(({ event }) => event.type)).not.toContain('UnrecognisedChangeReceived');
  });
});

describe('anything at all', () => {
  const fields = [
    'messages',
    'standby',
    'user_preferences',
    'calls',
    'history',
    'smb_message_echoes',
    'account_update',
    'smb_app_state_sync',
    'automatic_events',
    'tracking_events',
    'group_status_update',
    'x',
  ];
  const likely = fc.constantFrom<unknown>(
    textMessage(),
    wireStatus(),
    number.metadata,
    '',
    null,
    0,
    nowSeconds,
    '\ud800',
    'x\0',
  );
  const value = fc.letrec<{ any: unknown }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      likely,
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(
        fc.constantFrom(
          'messages',
          'statuses',
          'metadata',
          'contacts',
          'calls',
          'history',
          'threads',
          'user_preferences',
          'user_actions',
          'automatic_events',
          'events',
          'groups',
          'state_sync',
          'contact',
          'action',
          'event_name',
          'group_id',
          'id',
          'type',
          'timestamp',
          'from',
          'text',
          'system',
          'reaction',
          'errors',
          'phone_number_id',
          '__proto__',
        ),
        tie('any'),
        { maxKeys: 6 },
      ),
    ),
  })).any;

  it('makes events that are as declared, and never throws', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.array(value, { maxLength: 3 }), (field, values) => {
        const changes = values.map((each) => ({ field, value: each }));
        declaredRightly(factsOf(entry(changes), entry([messagesChange({ messages: values })])));
      }),
      { numRuns: 400 },
    );
  });
});
