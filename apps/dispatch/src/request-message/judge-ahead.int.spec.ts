import { MessagingLimitChanged } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import { eventually } from '@postrider/test-backends';
import { portfolioId, said, startDispatch, type Started, workspaceId } from '../testing/set-up';

let started: Started;
beforeAll(async () => {
  started = await startDispatch();
});
afterAll(() => started.service.close());

const marketing = {
  channel: 'demo-marketing',
  template: { name: 'welcome', language: 'en_US', variables: ['Ada'] },
};
const decide = (body: object) => started.service.ask('POST', '/v1/decisions', body);
const askAsService = (payload: object, token = started.service.host.keys.internalToken) =>
  started.service.fastify.inject({
    method: 'POST',
    url: '/internal/decisions',
    headers: { authorization: `Bearer ${token}` },
    payload,
  });
const length = async () => (await started.service.log.heads()).reduce((sum, head) => sum + head, 0);

it('says what would happen to a message, with the trail, and writes nothing', async () => {
  const before = await length();
  const { status, body } = await decide({ ...marketing, to: { phone: '+49305552000' } });
  expect([status, body.outcome, body.code]).toEqual([200, 'refuse', 'no-consent']);
  expect(body.trail.map(({ rule }: { rule: string }) => rule)).toContain('recipient-has-consented');
  expect(await length()).toBe(before);
});

it('says it of many people, with totals by code', async () => {
  const [known, stranger] = [{ phone: '+49305552001' }, { phone: '+49305552002' }];
  const consent = { contact: known, purpose: 'marketing', state: 'granted', source: 'form' };
  await started.service.ask('POST', '/v1/consents', consent);
  const { status, body } = await decide({ message: marketing, recipients: [known, stranger] });
  expect([status, body.totals]).toEqual([200, { send: 1, 'no-consent': 1 }]);
  expect(body.results).toMatchObject([
    { to: known, outcome: 'send' },
    { to: stranger, outcome: 'refuse', code: 'no-consent' },
  ]);
});

it('says it of an audience of any size, each part counting what those before it would use up', async () => {
  const streamId = derivedId.portfolio(workspaceId, portfolioId);
  const limited = (limit: number | null) => said(MessagingLimitChanged, { portfolioId, limit, tier: 'TIER' });
  await started.others.say('configuration', streamId, limited(1_200));
  const utility = { name: 'order_update', language: 'en_US', variables: ['Ada', 'A-1'] };
  const recipients = Array.from({ length: 2_499 }, (_, n) => ({ phone: `+493055${200_000 + n}` }));
  const ask = () =>
    decide({
      message: { channel: 'demo-transactional', template: utility },
      recipients: [...recipients, { phone: '+12' }],
    });
  await eventually(async () => {
    const { body } = await ask();
    expect(body.totals).toEqual({ send: 1_200, 'portfolio-limit': 1_299, 'not-addressable': 1 });
  });
  const { body } = await ask();
  expect(body.results).toBeUndefined();
  expect(body.examples).toHaveLength(7);
  expect(body.examples[0]).toMatchObject({ to: recipients[0], outcome: 'send' });

  const totals: Record<string, number> = {};
  let before: object | undefined;
  for (let from = 0; from < recipients.length; from += 1_000) {
    const part = recipients.slice(from, from + 1_000);
    const messages = part.map((to) => ({ channel: 'demo-transactional', template: utility, to }));
    const answer = (await askAsService({ workspaceId, messages, before })).json();
    for (const { code } of answer.decisions) totals[code] = (totals[code] ?? 0) + 1;
    before = answer.usedUp;
  }
  expect(totals).toEqual({ send: 1_200, 'portfolio-limit': 1_299 });
  expect(before).toEqual({ openings: 1_200, priceMicros: 0 });
  await started.others.say('configuration', streamId, limited(null));
  await started.service.host.readers.caughtUp('dispatch:configuration-copy', 'configuration', 5_000);
});

it('refuses what could not become a message', async () => {
  expect(await decide({ ...marketing, channel: 'nowhere', to: { phone: '+49305552003' } })).toMatchObject({
    status: 422,
    body: { code: 'unknown-channel' },
  });
  expect(await decide({ message: {}, recipients: [{ phone: '+49305552003' }] })).toMatchObject({ status: 400 });
});

it('answers the other services of the installation, and nobody else', async () => {
  const question = { workspaceId, messages: [{ ...marketing, to: { phone: '+49305552004' } }] };
  expect((await askAsService(question)).json()).toEqual({
    decisions: [{ outcome: 'refuse', code: 'no-consent', quiet: 0 }],
    quiet: [[]],
    usedUp: { openings: 0, priceMicros: 0 },
  });
  expect((await askAsService(question, 'test-api-key-of-all-scopes')).statusCode).toBe(401);
});
