import { startSimulator } from '@postrider/cloud-api-simulator';
import { aliasKey, derivedId } from '@postrider/keys';
import { eventually } from '@postrider/test-backends';
import { startSending, type Sending } from '../testing/sending';
import { sayInbound, senderId } from '../testing/set-up';

let sending: Sending;
const simulator = startSimulator({ port: 0 });
beforeAll(async () => {
  sending = await startSending(await simulator);
});
afterAll(() => sending.close());

const conversationOf = (person: { phone: string } | { userId: string }) =>
  derivedId.conversation(senderId, aliasKey(sending.others.identitySecret, person));
const post = async (path: string) => (await sending.service.ask('POST', `/v1/conversations/${path}`)) as Answer;
interface Answer {
  readonly status: number;
  readonly body: { closesAt?: string; open?: boolean; code?: string; window?: { closesAt: string } };
}
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const ago = (ms: number) => new Date(sending.clock.now().getTime() - ms);

describe('200', () => {
  it('marks what the person wrote last as read, and says until when free text may be sent', async () => {
    const person = { phone: '493055580001' };
    const at = ago(10 * minuteMs);
    await sayInbound(sending.others, person, ago(20 * minuteMs), 'first');
    await sayInbound(sending.others, person, at, 'last');
    const { status, body } = await post(`${conversationOf(person)}/read`);
    expect([status, body]).toEqual([
      200,
      { open: true, closesAt: new Date(at.getTime() + dayMs - minuteMs).toISOString() },
    ]);
    expect((await post(`${conversationOf(person)}/typing`)).body).toEqual(body);
    const marks = (await (await fetch(`${sending.url}/_sim/read-marks`)).json()) as { data: object[] };
    expect(marks.data).toMatchObject([{ typing: true }]);
    const free = { channel: 'demo-transactional', to: { phone: '+493055580001' }, text: { body: 'hi' } };
    const sent = (await sending.service.ask('POST', '/v1/messages', free)) as Answer;
    expect(sent.body.window).toEqual({ closesAt: body.closesAt });
  });

  it('finds one conversation of a person under any of their aliases', async () => {
    const person = { phone: '493055580002', userId: 'DE.580002' };
    await sayInbound(sending.others, { phone: person.phone }, ago(50 * minuteMs));
    await sayInbound(sending.others, person, ago(5 * minuteMs));
    await eventually(async () => {
      const answers = [await post(`${conversationOf({ phone: person.phone })}/read`)];
      answers.push(await post(`${conversationOf({ userId: person.userId })}/read`));
      expect(new Set(answers.map(({ body }) => body.closesAt)).size).toBe(1);
    });
  });

  it('still marks as read once the window is closed', async () => {
    const person = { phone: '493055580003' };
    await sayInbound(sending.others, person, ago(25 * 60 * minuteMs));
    expect(await post(`${conversationOf(person)}/read`)).toMatchObject({ status: 200, body: { open: false } });
  });
});

describe('not otherwise:', () => {
  it('422 shows nobody writing to who cannot be written to', async () => {
    const person = { phone: '493055580004' };
    await sayInbound(sending.others, person, ago(25 * 60 * minuteMs));
    expect(await post(`${conversationOf(person)}/typing`)).toMatchObject({
      status: 422,
      body: { code: 'window-closed' },
    });
  });

  it('404 where nobody wrote', async () => {
    expect(await post(`${conversationOf({ phone: '493055580005' })}/read`)).toMatchObject({ status: 404 });
    expect(await post('nonsense/read')).toMatchObject({ status: 404 });
  });

  it('503 while Meta cannot be reached', async () => {
    const person = { phone: '493055580006' };
    await sayInbound(sending.others, person, ago(minuteMs));
    await sending.fault({ on: 'send', kind: 'error', code: 131000, rate: 1 });
    expect((await post(`${conversationOf(person)}/read`)).status).toBe(503);
    await sending.noFaults();
  });
});
