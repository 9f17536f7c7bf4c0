import { allRules } from '@postrider/compliance';
import { TemplatePaused } from '@postrider/event-contracts';
import {
  definitions,
  sayChannel,
  sayInbound,
  sayTemplate,
  senderId,
  startDispatch,
  templateId,
  type Started,
} from '../testing/set-up';

let started: Started;
beforeAll(async () => {
  started = await startDispatch();
});
afterAll(() => started.service.close());

const order = (phone: string, changes: object = {}) => ({
  channel: 'demo-transactional',
  to: { phone },
  template: { name: 'order_update', language: 'en_US', variables: ['Ada', 'A-1001'] },
  ...changes,
});
const ask = (body: unknown, headers?: Record<string, string>) =>
  started.service.ask('POST', '/v1/messages', body, headers);
const eventsOf = (id: string) => started.service.log.readStream(id);

describe('202', () => {
  it('takes a template message on, with its decision and whole trail', async () => {
    const { status, body } = await ask(order('+16505550100', { reference: 'order-1' }));
    expect(status).toBe(202);
    expect(body).toMatchObject({ state: 'requested', decision: { outcome: 'send' } });
    expect(body.decision.trail.map(({ rule }: { rule: string }) => rule)).toEqual(allRules.map(({ name }) => name));
    const [requested] = await eventsOf(body.id);
    expect(requested).toMatchObject({
      type: 'MessageRequested',
      actor: 'key:installation',
      data: { reference: 'order-1', lane: 'utility', onUnknown: 'give-up', country: 'US', senderId },
      personal: {
        to: { phone: '+16505550100' },
        payload: {
          type: 'template',
          template: {
            name: 'order_update',
            language: { code: 'en_US' },
            components: [
              {
                type: 'body',
                parameters: [
                  { type: 'text', text: 'Ada' },
                  { type: 'text', text: 'A-1001' },
                ],
              },
            ],
          },
        },
      },
    });
    expect(JSON.stringify(requested!.data)).not.toMatch(/6505550100|Ada/);
  });

  it('takes free text on while the window is open, found at once after the person wrote', async () => {
    const phone = '16505550101';
    await sayInbound(started.others, { phone }, started.clock.now());
    const { status, body } = await ask({
      channel: 'demo-transactional',
      to: { phone: `+${phone}` },
      text: { body: 'hi' },
    });
    expect([status, body.state]).toEqual([202, 'requested']);
  });

  it('takes a template that was approved a moment ago', async () => {
    await sayTemplate(started.others, { ...definitions[1]!, name: 'order_late' });
    const late = { name: 'order_late', language: 'en_US', variables: ['Ada', 'A-1'] };
    expect((await ask(order('+16505550102', { template: late }))).status).toBe(202);
  });

  it('takes a channel that was activated a moment ago, by its name', async () => {
    await sayChannel(started.others, { name: 'made-just-now', senderId, purpose: 'transactional' });
    expect((await ask(order('+16505550103', { channel: 'made-just-now' }))).status).toBe(202);
  });

  it('gives the first answer again under the same Idempotency-Key, and makes one message', async () => {
    const key = { 'idempotency-key': 'once' };
    const [first, second] = [await ask(order('+16505550104'), key), await ask(order('+16505550104'), key)];
    expect(second).toMatchObject({ status: 202, body: first.body });
    expect((await eventsOf(first.body.id)).filter(({ type }) => type === 'MessageRequested')).toHaveLength(1);
  });
});

describe('400', () => {
  it.each([
    ['an unknown field', { ...order('+16505550100'), chanel: 'x' }, 'chanel'],
    ['no content', { channel: 'demo-transactional', to: { phone: '+16505550100' } }, 'template'],
    ['two contents', order('+16505550100', { text: { body: 'hi' } }), 'text'],
    ['a phone without digits', order('none'), 'to.phone'],
    [
      'a text that is too long',
      { channel: 'c', to: { phone: '+1650555' }, text: { body: 'x'.repeat(4097) } },
      'text.body',
    ],
  ])('names the path of %s', async (_, given, path) => {
    const { status, body } = await ask(given);
    expect([status, body.code]).toEqual([400, 'malformed']);
    expect(body.errors.map((error: { path: string }) => error.path)).toContain(path);
  });

  it('refuses what is not JSON', async () => {
    const { status, body } = await ask('{"channel":', { 'content-type': 'application/json' });
    expect([status, body.code]).toEqual([400, 'malformed']);
  });
});

describe('401', () => {
  it('asks for a key', async () => {
    const { status, body } = await ask(order('+16505550100'), { authorization: 'Bearer wrong' });
    expect([status, body.code]).toEqual([401, 'unauthenticated']);
  });
});

describe('422', () => {
  it.each([
    ['unknown-channel', order('+16505550100', { channel: 'nowhere' })],
    ['unknown-template', order('+16505550100', { template: { name: 'nothing', language: 'en_US' } })],
  ])('%s, and no message is made', async (code, given) => {
    const { status, body } = await ask(given);
    expect([status, body.code, body.messageId]).toEqual([422, code, undefined]);
  });

  it.each([
    ['no-consent', order('+16505550110', { channel: 'demo-marketing' })],
    ['window-closed', { channel: 'demo-transactional', to: { phone: '+16505550111' }, text: { body: 'hi' } }],
    ['not-addressable', order('+123')],
    [
      'parameters-mismatch',
      order('+16505550112', { template: { name: 'order_update', language: 'en_US', variables: ['Ada'] } }),
    ],
  ])('%s, with the decision, and the message is kept with it', async (code, given) => {
    const { status, body } = await ask(given);
    expect([status, body.code, body.decision.outcome, body.decision.code]).toEqual([422, code, 'refuse', code]);
    const events = await eventsOf(body.messageId);
    expect(events.map(({ type }) => type)).toEqual(['MessageRequested', 'MessageRefused']);
  });

  it('template-paused, from the moment that templates says so', async () => {
    await sayTemplate(started.others, { ...definitions[1]!, name: 'order_paused' });
    const paused = order('+16505550113', {
      template: { name: 'order_paused', language: 'en_US', variables: ['Ada', '1'] },
    });
    expect((await ask(paused)).status).toBe(202);
    const id = templateId('order_paused');
    await started.others.say('templates', id, TemplatePaused.of({ templateId: id }));
    await started.service.host.readers.caughtUp('dispatch:template-copy', 'templates', 5_000);
    expect((await ask(paused)).body.code).toBe('template-paused');
  });

  it('idempotency-key-reused, for another body under the key', async () => {
    const key = { 'idempotency-key': 'reused' };
    await ask(order('+16505550114'), key);
    expect((await ask(order('+16505550115'), key)).body.code).toBe('idempotency-key-reused');
  });
});

describe('503', () => {
  it('gives no refusal that rests on a service which cannot be asked', async () => {
    const { logs } = started.others;
    const head = (service: string): Promise<number[]> =>
      service === 'templates' ? Promise.reject(new Error('down')) : logs.get(service as 'webhooks')!.heads();
    const alone = await startDispatch({ others: started.others, internal: { head } });
    const unknown = order('+16505550100', { template: { name: 'nothing', language: 'en_US' } });
    const { status, body } = await alone.service.ask('POST', '/v1/messages', unknown);
    expect([status, body.code]).toEqual([503, 'unavailable']);
    await alone.service.close();
  });
});

describe('429', () => {
  it('tells callers to come again where more is asked than can be written down, and takes what it can', async () => {
    const messages = Array.from({ length: 1_000 }, (_, index) => order(`+4930577${1_000 + index}`));
    const flood = Array.from({ length: 8 }, () => started.service.ask('POST', '/v1/messages/batch', { messages }));
    const answers = await Promise.all(flood);
    const taken = answers.filter(({ status }) => status === 202);
    const turnedAway = answers.filter(({ status }) => status === 429);
    expect(taken.length).toBeGreaterThanOrEqual(4);
    expect(taken.length + turnedAway.length).toBe(8);
    expect(turnedAway).not.toEqual([]);
    for (const { body, headers } of turnedAway)
      expect([body.code, headers['retry-after']]).toEqual(['overloaded', '1']);
    expect(taken.every(({ body }) => body.results.length === 1_000)).toBe(true);
  });
});

describe('a batch', () => {
  const batch = (messages: unknown[], headers?: Record<string, string>) =>
    started.service.ask('POST', '/v1/messages/batch', { messages }, headers);

  it('answers each message in its place', async () => {
    const { status, body } = await batch([
      order('+16505550120'),
      order('+16505550121', { channel: 'demo-marketing' }),
      order('+16505550122', { channel: 'nowhere' }),
    ]);
    expect(status).toBe(202);
    expect(body.results).toEqual([
      { id: expect.any(String), state: 'requested' },
      { id: expect.any(String), state: 'refused', code: 'no-consent' },
      { state: 'refused', code: 'unknown-channel' },
    ]);
  });

  it('makes each message once, however often it is asked for', async () => {
    const messages = Array.from({ length: 50 }, (_, index) => order(`+1650555${2000 + index}`));
    const key = { 'idempotency-key': 'batch' };
    const [first, second] = [await batch(messages, key), await batch(messages, key)];
    expect(second.body).toEqual(first.body);
    const ids: string[] = first.body.results.map((result: { id: string }) => result.id);
    expect(new Set(ids).size).toBe(50);
    expect(ids).toEqual([...ids].sort());
  });

  it('names the path of what is malformed', async () => {
    const { status, body } = await batch([order('+16505550123'), order('none')]);
    expect([status, body.errors[0].path]).toEqual([400, 'messages.1.to.phone']);
  });
});
