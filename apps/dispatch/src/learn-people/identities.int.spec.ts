import {
  BusinessAccountConnected,
  IdentityChangeReported,
  MessageReceived,
  PreferenceReported,
  StatusReported,
} from '@postrider/event-contracts';
import type { StreamAppend } from '@postrider/event-store';
import { aliasKey, aliasKeys, derivedId } from '@postrider/keys';
import { eventually as within } from '@postrider/test-backends';
import { v7 } from 'uuid';
import {
  accountId,
  phoneNumberId,
  said,
  senderId,
  startDispatch,
  wabaId,
  workspaceId,
  type Said,
  type Started,
} from '../testing/set-up';

const eventually = (check: () => Promise<void>) => within(check, { withinMs: 20_000 });

let started: Started;
beforeAll(async () => {
  started = await startDispatch();
});
afterAll(() => started.service.close());

interface Named {
  readonly phone?: string;
  readonly userId?: string;
}
const minuteMs = 60_000;
const ago = (minutes: number) => new Date(started.clock.now().getTime() - minutes * minuteMs).toISOString();
const place = (person: Named, account = accountId) => {
  const [key = ''] = aliasKeys(started.others.identitySecret, person);
  return { conversationId: derivedId.conversation(senderId, key), accountId: account, senderId, wabaId, phoneNumberId };
};
function tell(person: Named, event: Said): Promise<void> {
  const keys = aliasKeys(started.others.identitySecret, person);
  return started.others.say('webhooks', place(person).conversationId, event, keys);
}
const writes = (person: Named, minutesAgo: number, account?: string) => {
  const data = { ...place(person, account), happenedAt: ago(minutesAgo), wamid: `wamid.${v7()}`, messageType: 'text' };
  return tell(person, said(MessageReceived, data, { ...person, message: { type: 'text', text: { body: 'hi' } } }));
};
/** The same, to be appended with others. */
function writing(person: Named, minutesAgo: number): StreamAppend {
  const keys = aliasKeys(started.others.identitySecret, person);
  const data = { ...place(person), happenedAt: ago(minutesAgo), wamid: `wamid.${v7()}`, messageType: 'text' };
  const event = said(MessageReceived, data, { ...person, message: { type: 'text', text: { body: 'hi' } } });
  return {
    ...{ streamId: data.conversationId, expectedVersion: 'any', orderingKey: keys[0]! },
    events: [{ ...event, at: started.clock.now() }],
    meta: { workspaceId, actor: 'test', correlationId: v7(), aliasKeys: keys },
  };
}
function changes(kind: 'number-changed' | 'user-id-changed', previous: Named, current: Named, minutesAgo: number) {
  const keysOf = (person: Named) => aliasKeys(started.others.identitySecret, person);
  const data = {
    ...{ ...place(previous), happenedAt: ago(minutesAgo), kind },
    ...{ previousAliasKeys: keysOf(previous), currentAliasKeys: keysOf(current) },
  };
  return tell(previous, said(IdentityChangeReported, data, { previous, current }));
}
const consents = (contact: Named, state = 'granted') =>
  started.service.ask('POST', '/v1/consents', { contact, purpose: 'marketing', state, source: 'form', at: ago(600) });
const asked = async (body: object): Promise<string> => {
  const answer = (await started.service.ask('POST', '/v1/decisions', body)).body;
  return answer.code ?? answer.outcome;
};
const template = { name: 'welcome', language: 'en_US', variables: ['Ada'] };
const marketingTo = (to: Named) => asked({ channel: 'demo-marketing', to, template });
const textTo = (to: Named) => asked({ channel: 'demo-transactional', to, text: { body: 'hi' } });
/** The contact that an alias belongs to; each alias that a test compares is known to somebody. */
const contactOf = async (alias: { phone: string } | { userId: string }) => {
  const { rows } = await started.service.host.pool.query<{ contact_id: string }>(
    'select contact_id from contact_alias where alias_key = $1',
    [aliasKey(started.others.identitySecret, alias)],
  );
  if (rows[0] === undefined) throw new Error('nobody is known by this alias yet');
  return rows[0].contact_id;
};
const aliasesOf = async (alias: { phone: string } | { userId: string }) => {
  const { body } = await started.service.ask('GET', `/v1/contacts/${await contactOf(alias)}`);
  return (body.aliases as { value: string }[]).map(({ value }) => value).sort();
};

let next = 0;
const phones = () => `+4930557${(10_000 + ++next).toString()}`;
const digits = (phone: string) => phone.slice(1);
const users = () => `DE.${1_000 + ++next}`;

describe('two aliases are one person', () => {
  it('where a status shows them together: a stop under the user id holds for the number', async () => {
    const [phone, userId] = [phones(), users()];
    await consents({ phone });
    const status = { happenedAt: ago(5), wamid: `wamid.${v7()}`, status: 'delivered' };
    const both = { phone: digits(phone), userId };
    await tell(both, said(StatusReported, { ...place(both), ...status }, both));
    await eventually(async () => expect(await contactOf({ userId })).toBe(await contactOf({ phone })));
    const stop = { ...place({ userId }), happenedAt: ago(1), category: 'marketing_messages', value: 'stop' };
    await tell({ userId }, said(PreferenceReported, stop, { userId }));
    await eventually(async () => expect(await marketingTo({ phone })).toBe('stopped'));
  });

  it('in whichever portfolio: each has a user id of its own for the same number', async () => {
    const [phone, here, there] = [phones(), users(), users()];
    const other = derivedId.account(workspaceId, 'another');
    const data = {
      accountId: other,
      name: 'another',
      wabaId: '29',
      portfolioId: '15',
      appId: '1',
      graphUrl: 'http://127.0.0.1:1',
    };
    const connected = said(BusinessAccountConnected, { ...data, checks: [], credentialsVersion: 1 });
    await started.others.say('configuration', other, connected);
    await eventually(async () => {
      const { rowCount } = await started.service.host.pool.query('select from known_account where portfolio_id = $1', [
        '15',
      ]);
      expect(rowCount).toBe(1);
    });
    await consents({ phone });
    await writes({ phone: digits(phone), userId: here }, 20);
    await writes({ phone: digits(phone), userId: there }, 10, other);
    await eventually(async () => expect(await aliasesOf({ phone })).toEqual([phone, here, there].sort()));
    expect(await marketingTo({ phone })).toBe('send');
  });
});

describe('a number that changed hands', () => {
  it('is somebody else: consent and window stay with whoever had it', async () => {
    const [phone, before, after] = [phones(), users(), users()];
    await consents({ phone });
    await writes({ phone: digits(phone), userId: before }, 60);
    await eventually(async () => expect(await marketingTo({ userId: before })).toBe('send'));
    await writes({ phone: digits(phone), userId: after }, 10);
    // Who is who, and whose window is open, are learnt by two readers.
    await eventually(async () => {
      expect(await contactOf({ phone })).toBe(await contactOf({ userId: after }));
      expect([await marketingTo({ userId: before }), await marketingTo({ phone })]).toEqual(['send', 'no-consent']);
      expect([await textTo({ userId: before }), await textTo({ phone })]).toEqual(['send', 'send']);
    });
    expect(await marketingTo({ userId: after })).toBe('no-consent');
    expect([await aliasesOf({ userId: before }), await aliasesOf({ phone })]).toEqual([
      [before],
      [phone, after].sort(),
    ]);
    await consents({ phone });
    expect([await marketingTo({ phone }), await marketingTo({ userId: before })]).toEqual(['send', 'send']);
  });

  it.each([
    ['in one batch', true],
    ['in one batch, the later first', false],
  ])('is told apart where both are first heard of %s', async (_, inOrder) => {
    const [phone, before, after] = [phones(), users(), users()];
    await consents({ phone });
    const told = [
      writing({ phone: digits(phone), userId: before }, 60),
      writing({ phone: digits(phone), userId: after }, 10),
    ];
    await started.others.logs.get('webhooks')!.append(inOrder ? told : told.reverse());
    await eventually(async () => {
      expect(await contactOf({ phone })).toBe(await contactOf({ userId: after }));
      expect([await aliasesOf({ userId: before }), await aliasesOf({ phone })]).toEqual([
        [before],
        [phone, after].sort(),
      ]);
    });
    expect([await marketingTo({ userId: before }), await marketingTo({ phone })]).toEqual(['send', 'no-consent']);
  });

  it('is told apart where both are first heard of one right after the other, and goes back', async () => {
    const [phone, one, other] = [phones(), users(), users()];
    for (const [userId, minutesAgo] of [
      [one, 60],
      [other, 30],
      [one, 10],
    ] as const)
      await started.others.logs.get('webhooks')!.append([writing({ phone: digits(phone), userId }, minutesAgo)]);
    await eventually(async () => {
      expect(await aliasesOf({ userId: one })).toEqual([phone, one].sort());
      expect(await aliasesOf({ userId: other })).toEqual([other]);
    });
  });

  it('does not change back by what is told late', async () => {
    const [phone, before, after] = [phones(), users(), users()];
    await writes({ phone: digits(phone), userId: after }, 10);
    await eventually(async () => expect(await contactOf({ phone })).toBe(await contactOf({ userId: after })));
    await consents({ phone });
    await writes({ phone: digits(phone), userId: before }, 60);
    await eventually(async () => {
      expect(await contactOf({ userId: before })).not.toBe(await contactOf({ phone }));
      expect([await marketingTo({ phone }), await marketingTo({ userId: before })]).toEqual(['send', 'no-consent']);
    });
  });
});

describe('a person with a new number', () => {
  it("is followed by consent and window, and the old number is nobody's", async () => {
    const [before, after, userId] = [phones(), phones(), users()];
    await consents({ phone: before });
    await writes({ phone: digits(before), userId }, 60);
    await eventually(async () => expect(await contactOf({ userId })).toBe(await contactOf({ phone: before })));
    await changes('number-changed', { phone: digits(before), userId }, { phone: digits(after), userId }, 30);
    await eventually(async () => expect(await marketingTo({ phone: after })).toBe('send'));
    await eventually(async () => expect(await marketingTo({ phone: before })).toBe('no-consent'));
    await eventually(async () =>
      expect([await textTo({ phone: after }), await textTo({ phone: before })]).toEqual(['send', 'window-closed']),
    );
    await eventually(async () => expect(await aliasesOf({ userId })).toEqual([after, userId].sort()));
    await consents({ phone: before });
    expect(await marketingTo({ phone: before })).toBe('send');
    expect(await contactOf({ phone: before })).not.toBe(await contactOf({ userId }));
  });

  it("that was somebody else's takes it from them, with nothing that they said", async () => {
    const [mine, theirs, me, them] = [phones(), phones(), users(), users()];
    await consents({ phone: theirs });
    await writes({ phone: digits(theirs), userId: them }, 90);
    await writes({ phone: digits(mine), userId: me }, 60);
    await eventually(async () => expect(await contactOf({ userId: me })).toBeDefined());
    await eventually(async () => expect(await contactOf({ userId: them })).toBe(await contactOf({ phone: theirs })));
    await changes('number-changed', { phone: digits(mine), userId: me }, { phone: digits(theirs), userId: me }, 30);
    await eventually(async () => expect(await contactOf({ phone: theirs })).toBe(await contactOf({ userId: me })));
    expect([await marketingTo({ phone: theirs }), await marketingTo({ userId: them })]).toEqual(['no-consent', 'send']);
  });

  it('is the same under a new user id', async () => {
    const [phone, before, after] = [phones(), users(), users()];
    await consents({ phone });
    await writes({ phone: digits(phone), userId: before }, 60);
    await eventually(async () => expect(await contactOf({ userId: before })).toBeDefined());
    await changes('user-id-changed', { userId: before }, { userId: after }, 30);
    await eventually(async () => expect(await marketingTo({ userId: after })).toBe('send'));
    await writes({ phone: digits(phone), userId: after }, 10);
    await consents({ phone }, 'granted');
    expect([await marketingTo({ phone }), await contactOf({ userId: after })]).toEqual([
      'send',
      await contactOf({ phone }),
    ]);
  });
});
