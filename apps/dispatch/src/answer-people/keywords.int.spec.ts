import { startSimulator } from '@postrider/cloud-api-simulator';
import { policySchemas } from '@postrider/compliance';
import { PolicyChanged } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import { eventually } from '@postrider/test-backends';
import { startSending, type Sending } from '../testing/sending';
import { said, sayInbound, workspaceId } from '../testing/set-up';

let sending: Sending;
beforeAll(async () => {
  sending = await startSending(await startSimulator({ port: 0 }));
  const policy = policySchemas.replies.parse({
    rules: [
      { when: 'after-opt-out', reply: { text: 'You will hear no more from us.' } },
      { when: 'help', reply: { text: 'Call us.' } },
    ],
  }) as Record<string, unknown>;
  const streamId = derivedId.policy(workspaceId, 'replies');
  await sending.others.say(
    'configuration',
    streamId,
    said(PolicyChanged, { name: 'replies', policyVersion: 1, policy }),
  );
  await eventually(async () => {
    const { rowCount } = await sending.service.host.pool.query("select from known_policy where name = 'replies'");
    expect(rowCount).toBe(1);
  });
});
afterAll(() => sending.close());

const writes = (phone: string, text: string) => sayInbound(sending.others, { phone }, sending.clock.now(), text);
const marketingTo = async (phone: string): Promise<string> => {
  const template = { name: 'welcome', language: 'en_US', variables: ['Ada'] };
  const { body } = await sending.service.ask('POST', '/v1/messages', {
    ...sending.order(phone),
    channel: 'demo-marketing',
    template,
  });
  const { decision } = body as { decision: { outcome: string; code?: string } };
  return decision.code ?? decision.outcome;
};
const becomes = (phone: string, says: string) =>
  eventually(async () => expect(await marketingTo(phone)).toBe(says), { withinMs: 10_000 });
const answersTo = async (phone: string): Promise<string[]> => {
  const messages = (await sending.atMeta(phone)) as unknown as { message?: object }[];
  return messages.map((each) => JSON.stringify(each)).filter((each) => each.includes('"type":"text"'));
};

describe('a keyword', () => {
  it('stops marketing and lets it start again, in whatever language', async () => {
    const phone = '+493055506000';
    await writes(phone, 'Alta!');
    await becomes(phone, 'send');
    await writes(phone, '  ¡BAJA! ');
    await becomes(phone, 'stopped');
    // Of words of one second the stop counts.
    sending.later(1_000);
    await writes(phone, 'Start');
    await becomes(phone, 'send');
  });

  it('is answered once, however often it is written', async () => {
    const phone = '+493055506001';
    for (const text of ['STOP', 'stop', 'Stop.']) await writes(phone, text);
    await becomes(phone, 'stopped');
    await writes(phone, 'help');
    await eventually(async () => expect((await answersTo(phone)).join()).toContain('Call us.'), { withinMs: 10_000 });
    const answers = await answersTo(phone);
    expect(answers.filter((each) => each.includes('You will hear no more from us.'))).toHaveLength(1);
    expect(answers).toHaveLength(2);
  });

  it('pulls back at once what waits for a person who stops', async () => {
    const phone = '+493055506003';
    await writes(phone, 'start');
    await becomes(phone, 'send');
    const template = { name: 'welcome', language: 'en_US', variables: ['Ada'] };
    const scheduledAt = new Date(sending.clock.now().getTime() + 3_600_000).toISOString();
    const marketing = await sending.send(phone, { channel: 'demo-marketing', template, scheduledAt });
    const order = await sending.send(phone, { scheduledAt });
    await writes(phone, 'stop');
    const events = await sending.becomes(marketing, 'MessageRequested', 'MessageRefused');
    expect(events[1]!.data).toMatchObject({ code: 'stopped' });
    await sending.becomes(order, 'MessageRequested');
  });

  it('is nothing that stands among other words', async () => {
    const phone = '+493055506002';
    await writes(phone, 'start');
    await becomes(phone, 'send');
    await writes(phone, 'Where is the bus stop?');
    await writes(phone, 'help');
    await eventually(async () => expect(await answersTo(phone)).toHaveLength(1), { withinMs: 10_000 });
    expect(await marketingTo(phone)).toBe('send');
  });
});

describe('answers that need nobody', () => {
  const put = async (name: 'keywords' | 'replies', policy: object, policyVersion: number) => {
    const parsed = policySchemas[name].parse(policy) as Record<string, unknown>;
    const changed = said(PolicyChanged, { name, policyVersion, policy: parsed });
    await sending.others.say('configuration', derivedId.policy(workspaceId, name), changed);
    await eventually(async () => {
      const found = 'select from known_policy where name = $1 and version = $2';
      expect((await sending.service.host.pool.query(found, [name, policyVersion])).rowCount).toBe(1);
    });
  };

  it('leave another automation alone that answers each of them, and still tell it that it stopped', async () => {
    const sets = Array.from({ length: 9 }, (_, n) => ({
      ...{ name: `offer ${n}`, does: 'reply', words: [`offer ${n}`], reply: { text: `Offer ${n} it is.` } },
    }));
    await put('keywords', { sets }, 1);
    const phone = '+493055506010';
    for (let n = 0; n < 9; n++) await writes(phone, `offer ${n}`);
    await writes(phone, 'stop');
    const stopped = (each: string) => each.includes('You will hear no more from us.');
    await eventually(async () => expect((await answersTo(phone)).filter(stopped)).toHaveLength(1), {
      withinMs: 20_000,
    });
    expect(await answersTo(phone)).toHaveLength(6);
  });

  it('come once to a person, under whichever of their aliases they write', async () => {
    await put('replies', { rules: [{ when: 'no-keyword', reply: { text: 'We will read this.' } }] }, 2);
    const both = { phone: '493055506011', userId: 'DE.506011' };
    await sayInbound(sending.others, both, sending.clock.now(), 'hello');
    await eventually(async () => expect(await answersTo(`+${both.phone}`)).toHaveLength(1), { withinMs: 10_000 });
    // That both are one person is learned from the first, beside the answer to it.
    const { readers } = sending.service.host;
    expect(await readers.caughtUp('dispatch:people', 'webhooks', 10_000)).toBe(true);
    expect(await readers.caughtUp('dispatch:contacts', 'dispatch', 10_000)).toBe(true);
    await sayInbound(sending.others, { userId: both.userId }, sending.clock.now(), 'hello again');
    await writes(`+${both.phone}`, 'are you there?');
    await writes('+493055506012', 'hello');
    await eventually(async () => expect(await answersTo('+493055506012')).toHaveLength(1), { withinMs: 10_000 });
    expect(await answersTo(`+${both.phone}`)).toHaveLength(1);
    expect(await answersTo(both.userId)).toHaveLength(0);
  });

  it('come no more to what was written more than an hour ago', async () => {
    const longAgo = new Date(sending.clock.now().getTime() - 3_700_000);
    await sayInbound(sending.others, { phone: '493055506013' }, longAgo, 'hello');
    await writes('+493055506014', 'hello');
    await eventually(async () => expect(await answersTo('+493055506014')).toHaveLength(1), { withinMs: 10_000 });
    expect(await answersTo('+493055506013')).toHaveLength(0);
  });

  it('do not take a thread from whoever answers it, and yet a stop is heard', async () => {
    const phone = '+493055506015';
    await writes(phone, 'start');
    await becomes(phone, 'send');
    const inStandby = (text: string) =>
      sayInbound(sending.others, { phone }, sending.clock.now(), { text, standby: true });
    sending.later(1_000);
    for (const text of ['hello', 'stop']) await inStandby(text);
    await becomes(phone, 'stopped');
    await writes('+493055506016', 'hello');
    await eventually(async () => expect(await answersTo('+493055506016')).toHaveLength(1), { withinMs: 10_000 });
    expect((await answersTo(phone)).filter((each) => !each.includes('"type":"template"'))).toEqual([]);
  });
});
