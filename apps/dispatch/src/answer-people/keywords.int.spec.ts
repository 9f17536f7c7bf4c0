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
