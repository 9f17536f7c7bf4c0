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

  it('that the business declined to share is kept', () => {
    const declined = { ...number, history: [{ errors: [{ code: 2593109 }] }] };
    expect(only(factsOf(entry([change('history', declined)]))).event.type).toBe('UnrecognisedChangeReceived');
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
  /** Fields of groups, which Postrider takes no part in, are kept raw. */
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
