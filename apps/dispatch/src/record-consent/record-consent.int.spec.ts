import { eventually } from '@postrider/test-backends';
import { PreferenceReported } from '@postrider/event-contracts';
import { aliasKeys, derivedId } from '@postrider/keys';
import { accountId, phoneNumberId, sayInbound, senderId, startDispatch, wabaId, type Started } from '../testing/set-up';

let started: Started;
beforeAll(async () => {
  started = await startDispatch();
});
afterAll(() => started.service.close());

const ask = (body: unknown) => started.service.ask('POST', '/v1/consents', body);
const granted = (contact: object, changes: object = {}) => ({
  contact,
  purpose: 'marketing',
  state: 'granted',
  source: 'web form',
  proof: 'form 7',
  ...changes,
});
/** What a marketing message to this person is answered: `send` or the code of the refusal. */
async function marketingTo(to: object): Promise<string> {
  const template = { name: 'welcome', language: 'en_US', variables: ['Ada'] };
  const { body } = await started.service.ask('POST', '/v1/messages', { channel: 'demo-marketing', to, template });
  return body.code ?? body.decision.outcome;
}

describe('200', () => {
  it('lets the next message go by what was said', async () => {
    const to = { phone: '+49305550300' };
    expect(await marketingTo(to)).toBe('no-consent');
    expect(await ask(granted(to))).toMatchObject({ status: 200, body: { accepted: 1, rejected: [] } });
    expect(await marketingTo(to)).toBe('send');
    await ask(granted(to, { state: 'revoked', source: 'call' }));
    expect(await marketingTo(to)).toBe('no-consent');
  });

  it('goes by the time the person said it, not by the order in which it is told', async () => {
    const to = { phone: '+49305550301' };
    await ask(granted(to, { state: 'revoked', at: '2026-03-02T00:00:00Z' }));
    await ask(granted(to, { at: '2026-03-01T00:00:00Z' }));
    expect(await marketingTo(to)).toBe('no-consent');
  });

  it('takes many, and answers for each that cannot be taken', async () => {
    const rows = [
      granted({ phone: '+49305550302' }),
      granted({ phone: '+12' }),
      granted({ phone: '+49305550303' }, { purpose: 'pleasure' }),
      granted({ userId: 'DE.123' }),
    ];
    const { body } = await ask(rows);
    expect(body.accepted).toBe(2);
    expect(body.rejected).toEqual([
      { index: 1, code: 'not-addressable', detail: expect.stringContaining('contact.phone') },
      { index: 2, code: 'malformed', detail: expect.stringContaining('purpose') },
    ]);
  });

  it('takes a thousand at once', async () => {
    const rows = Array.from({ length: 1_000 }, (_, index) => granted({ phone: `+4930557${1_000 + index}` }));
    expect((await ask(rows)).body).toEqual({ accepted: 1_000, rejected: [] });
    expect(await marketingTo({ phone: '+49305571999' })).toBe('send');
  });

  it('keeps the same word once', async () => {
    const at = '2026-03-01T00:00:00Z';
    const to = { phone: '+49305550304' };
    await ask([granted(to, { at }), granted(to, { at })]);
    await ask(granted(to, { at }));
    const [key] = aliasKeys(started.others.identitySecret, to);
    const { body } = await started.service.ask(
      'GET',
      `/v1/contacts/${derivedId.contact(started.service.workspaceId, key!)}`,
    );
    expect(body.consents[0].history).toHaveLength(1);
  });
});

describe('400', () => {
  it('names the path of what is malformed', async () => {
    const { status, body } = await ask({ ...granted({ phone: '+49305550300' }), state: 'maybe' });
    expect([status, body.errors[0].path]).toEqual([400, 'state']);
  });
});

describe('a person under several aliases', () => {
  it('has one consent: revoked under any alias is revoked for all', async () => {
    const person = { phone: '49305550310', userId: 'DE.310' };
    await ask(granted({ phone: '+49305550310' }));
    await ask(granted({ userId: 'DE.310' }));
    await ask(granted({ userId: 'DE.310' }, { state: 'revoked', source: 'call', at: '2027-01-01T00:00:00Z' }));
    expect(await marketingTo({ phone: '+49305550310' })).toBe('send');
    await sayInbound(started.others, person, started.clock.now());
    await eventually(async () => expect(await marketingTo({ phone: '+49305550310' })).toBe('no-consent'));
  });

  it('keeps a window open that was opened under another alias', async () => {
    await sayInbound(started.others, { phone: '49305550311', userId: 'DE.311' }, started.clock.now());
    const body = { channel: 'demo-transactional', to: { userId: 'DE.311' }, text: { body: 'hi' } };
    await eventually(async () => expect((await started.service.ask('POST', '/v1/messages', body)).status).toBe(202));
  });
});

describe("a preference in WhatsApp's own settings", () => {
  it('stops marketing, and lets it go on again', async () => {
    const to = { phone: '+49305550320' };
    await ask(granted(to));
    await prefer(to.phone, 'stop', '2026-03-10T12:00:01.000Z');
    await eventually(async () => expect(await marketingTo(to)).toBe('stopped'));
    await prefer(to.phone, 'something new', '2026-03-10T12:00:01.500Z');
    await prefer('+49305550321', 'stop', '2026-03-10T12:00:01.600Z');
    await eventually(async () => expect(await marketingTo({ phone: '+49305550321' })).toBe('stopped'));
    expect(await marketingTo(to)).toBe('stopped');
    await prefer(to.phone, 'resume', '2026-03-10T12:00:02.000Z');
    await eventually(async () => expect(await marketingTo(to)).toBe('send'));
  });

  async function prefer(phone: string, value: string, happenedAt: string): Promise<void> {
    const person = { phone: phone.slice(1) };
    const keys = aliasKeys(started.others.identitySecret, person);
    const conversationId = derivedId.conversation(senderId, keys[0]!);
    const where = { conversationId, accountId, senderId, wabaId, phoneNumberId, happenedAt };
    const event = PreferenceReported.of({ ...where, category: 'marketing_messages', value }, person);
    await started.others.say('webhooks', conversationId, event, keys);
  }
});
