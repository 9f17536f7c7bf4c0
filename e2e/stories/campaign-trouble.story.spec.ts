import { eventually } from '@postrider/test-backends';
import { sumOf, type Buckets } from '../platform/buckets';
import { heard } from '../platform/heard';
import { startPostrider, type Postrider } from '../platform/postrider';
import type { PublicBody } from '../platform/public-body';

let postrider: Postrider;
let call: Postrider['call'];
let senderId: string | undefined;
beforeAll(async () => {
  postrider = await startPostrider();
  ({ call } = postrider);
  const [account] = (await call('GET', '/v1/business-accounts')).body.data;
  senderId = account!.senders.find(({ phoneNumberId }) => phoneNumberId === '3000000000000001')?.id;
});
afterAll(() => postrider?.stop());

const within = { withinMs: 40_000 };
const ok = async (...request: Parameters<Postrider['call']>): Promise<PublicBody> => {
  const { status, body } = await call(...request);
  if (status >= 300) throw new Error(`${request[0]} ${request[1]} answered ${status}: ${body.detail}`);
  return body;
};
const shown = async (id: string): Promise<PublicBody> => (await call('GET', `/v1/campaigns/${id}`)).body;
const becomes = (id: string, expected: object) =>
  eventually(async () => {
    const campaign = await shown(id);
    const figures = campaign.progress as unknown as Buckets;
    expect(sumOf(figures)).toBe(figures.targeted);
    expect(campaign).toMatchObject(expected);
  }, within);

/** So many people of a town, each with one of these endings, which say how the simulator treats them. */
const people = (town: string, count: number, endings: readonly string[] = ['00', '01', '02', '03']): string[] =>
  Array.from({ length: count }, (_, i) => `+346${town}${String(i).padStart(3, '0')}${endings[i % endings.length]}`);

/** Drafted, with consent and people; slow enough that something can happen on the way. */
async function ready(phones: readonly string[], design: object = {}): Promise<string> {
  const said = { purpose: 'marketing', state: 'granted', source: 'form' };
  await ok(
    'POST',
    '/v1/consents',
    phones.map((phone) => ({ contact: { phone }, ...said })),
  );
  const { id } = await ok('POST', '/v1/campaigns', {
    ...{ name: 'news', channel: 'demo-marketing', template: { name: 'welcome', language: 'en_US' } },
    ...{ variables: ['{{ name }}'], ...design },
  });
  const csv = ['phone,name', ...phones.map((phone) => `${phone},Ana`)].join('\n');
  await ok('POST', `/v1/campaigns/${id}/audience`, csv, { 'content-type': 'text/csv' });
  return id;
}

const steer = (id: string, how: string): Promise<PublicBody> => ok('POST', `/v1/campaigns/${id}/${how}`);

/** How many messages Meta took for these people; none of them more than one. */
async function takenBy(phones: readonly string[]): Promise<number> {
  const { body } = await postrider.meta('GET', '/_sim/messages?limit=50000');
  const to = (body.data as unknown as { to: string }[]).map((each) => `+${each.to.replace(/\D/g, '')}`);
  const ours = to.filter((phone) => phones.includes(phone));
  expect(new Set(ours).size).toBe(ours.length);
  return ours.length;
}

/** A template of an account, written, submitted and approved; answers its id. */
async function approvedTemplate(businessAccountId: string, name: string): Promise<string> {
  const text = 'Hello {{1}}, spring has come to our shop and there is news.';
  const drafted = await ok('POST', '/v1/templates', {
    ...{ businessAccountId, name, language: 'en_US', category: 'MARKETING' },
    components: [{ type: 'BODY', text, example: { body_text: [['Ada']] } }],
  });
  await ok('POST', `/v1/templates/${drafted.id}/submit`);
  await isApproved(drafted.id);
  await Promise.all(['dispatch', 'journeys'].map((service) => heard(call, `${service}:template-copy`)));
  return drafted.id;
}

const isApproved = (templateId: string) =>
  eventually(async () => {
    expect((await call('GET', `/v1/templates/${templateId}`)).body.state).toBe('approved');
  }, within);

async function activeChannel(settings: object): Promise<void> {
  const { id } = await ok('POST', '/v1/channels', { purpose: 'marketing', ...settings });
  await ok('POST', `/v1/channels/${id}/activate`);
  await Promise.all(['dispatch', 'journeys'].map((service) => heard(call, `${service}:configuration-copy`)));
}

describe('a campaign meets with trouble on its way:', () => {
  it('a template of its own is written, approved, and paused by Meta: it pauses, and goes on when it is back', async () => {
    const [account] = (await call('GET', '/v1/business-accounts')).body.data;
    const templateId = await approvedTemplate(account!.id, 'spring_news');
    const phones = people('101', 120);
    const template = { name: 'spring_news', language: 'en_US' };
    const id = await ready(phones, { template, ratePerSecond: 20 });
    await steer(id, 'launch');
    await eventually(async () => expect((await shown(id)).progress['sent']).toBeGreaterThan(5), within);
    await postrider.meta('POST', '/_sim/templates/spring_news', { event: 'PAUSED' });
    await becomes(id, { state: 'paused', because: expect.stringContaining('spring_news') });
    const { status } = await call('POST', `/v1/campaigns/${await ready(people('102', 1), { template })}/launch`);
    expect(status).toBe(422);
    // Meta's times have whole seconds: the same word of the same second is the same fact.
    await postrider.meta('POST', '/_sim/clock', { advanceMs: 2_000 });
    await postrider.meta('POST', '/_sim/templates/spring_news', { event: 'APPROVED' });
    await isApproved(templateId);
    await steer(id, 'resume');
    await becomes(id, { state: 'finished' });
    const { sent, refused, failed, held } = (await shown(id)).progress as unknown as Buckets;
    // Whoever's turn came while it was paused is refused, by the rule or, where we had not heard of it yet, by Meta.
    expect([sent + refused + failed, held]).toEqual([120, 0]);
    expect(await takenBy(phones)).toBe(sent);
  });

  it('people opt out: whoever does before their turn is not written to, and too many stop it', async () => {
    const phones = people('103', 200, ['94', '94', '00', '01']);
    const stopRules = { optOutShare: { threshold: 0.1, floor: 20 } };
    const id = await ready(phones, { stopRules, ratePerSecond: 30 });
    await steer(id, 'launch');
    const last = phones.slice(-10);
    await ok(
      'POST',
      '/v1/consents',
      last.map((phone) => ({ contact: { phone }, purpose: 'marketing', state: 'revoked', source: 'form' })),
    );
    await becomes(id, { state: 'stopped', because: expect.stringContaining('optOutShare') });
    await becomes(id, { progress: { pending: 0, held: 0, unknown: 0 } });
    const { sent, optedOut } = (await shown(id)).progress;
    expect(optedOut).toBeGreaterThan(0);
    expect(await takenBy(phones)).toBe(sent);
    expect(await takenBy(last)).toBe(0);
  });

  it('a quarter of it fails: it stops, and what has not left is cancelled', async () => {
    const phones = people('104', 400, ['90', '00', '01']);
    const id = await ready(phones, { ratePerSecond: 60 });
    await steer(id, 'launch');
    await becomes(id, { state: 'stopped', because: expect.stringMatching(/^failureShare: \d+(\.\d+)? % /) });
    await becomes(id, { progress: { pending: 0, held: 0, unknown: 0, targeted: 400 } });
    const { sent, failed, cancelled } = (await shown(id)).progress;
    expect(failed).toBeGreaterThanOrEqual(25);
    expect(cancelled).toBeGreaterThan(100);
    expect(sent! + failed! + cancelled!).toBe(400);
  });

  it('it is night in one of three zones: there it waits, elsewhere it goes out, and the check has foreseen when it ends', async () => {
    const zones = ['Asia/Tokyo', 'Europe/Madrid', 'America/New_York'];
    const phones = people('106', 60);
    const timeZoneOf = (index: number) => zones[index % 3];
    await ok(
      'PUT',
      '/v1/contacts',
      phones.map((phone, index) => ({ phone, timeZone: timeZoneOf(index) })),
    );
    const inTokyo = (hours: number): string => {
      const clock = { timeZone: 'Asia/Tokyo', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
      return new Date(Date.now() + hours * 3_600_000).toLocaleTimeString('en-GB', clock);
    };
    const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
    const quietHours = { timeZone: 'recipient', weekly: [{ days, from: inTokyo(-2), to: inTokyo(2) }] };
    await activeChannel({ name: 'quiet-marketing', senderId, quietHours });
    const id = await ready(phones, { channel: 'quiet-marketing' });
    const checked = await steer(id, 'preview');
    expect(checked.decisions).toEqual({ send: 40, 'quiet-hours': 20 });
    const { endsAt } = (checked as unknown as { forecast: { endsAt: string } }).forecast;
    expect(Math.abs(Date.parse(endsAt) - Date.now() - 2 * 3_600_000)).toBeLessThan(10 * 60_000);
    await steer(id, 'launch');
    await becomes(id, { state: 'running', progress: { sent: 40, held: 20, pending: 0 } });
    expect(await takenBy(phones.filter((_, index) => timeZoneOf(index) === 'Asia/Tokyo'))).toBe(0);
    await steer(id, 'stop');
    await becomes(id, { state: 'stopped', progress: { sent: 40, held: 0, cancelled: 20 } });
  });

  it('its portfolio may write to 250 people a day: the 251st waits, and the check has foreseen that it takes a day', async () => {
    const account = await ok('POST', '/v1/business-accounts', {
      ...{ name: 'small', wabaId: '2000000000000002', accessToken: 'simulator-token', appId: '1000000000000001' },
      ...{ appSecret: 'simulator-app-secret', graphUrl: postrider.simulatorUrl, policyAcknowledged: true },
    });
    const readiness = `/v1/business-accounts/${account.id}/readiness`;
    const { missing } = await ok('GET', readiness);
    const confirmed = missing.map((item) => [item, { confirmed: true, by: 'the shop' }]);
    await ok('PUT', readiness, Object.fromEntries(confirmed));
    await heard(call, 'dispatch:policy-copy');
    await activeChannel({ name: 'small-marketing', senderId: account.senders[0]?.id });
    await approvedTemplate(account.id, 'small_news');
    const phones = people('107', 300);
    const template = { name: 'small_news', language: 'en_US' };
    const id = await ready(phones, { channel: 'small-marketing', template });
    const { forecast } = (await steer(id, 'preview')) as unknown as { forecast: { endsAt: string; portfolio: object } };
    expect(forecast.portfolio).toEqual({ limit: 250, used: 0 });
    expect(Math.abs(Date.parse(forecast.endsAt) - Date.now() - 86_400_000)).toBeLessThan(10 * 60_000);
    await steer(id, 'launch');
    await becomes(id, { state: 'running', progress: { sent: 250, held: 50, pending: 0 } });
    expect(await takenBy(phones)).toBe(250);
    const seen = (await shown(id)) as unknown as { holds: { nextAt: string }[]; forecast: { endsAt: string } };
    expect(seen.holds).toMatchObject([{ code: 'portfolio-limit', people: 50 }]);
    for (const instant of [seen.holds[0]!.nextAt, seen.forecast.endsAt]) {
      expect(Math.abs(Date.parse(instant) - Date.now() - 86_400_000)).toBeLessThan(10 * 60_000);
    }
    await steer(id, 'stop');
    await becomes(id, { state: 'stopped', progress: { sent: 250, cancelled: 50 } });
  });

  it('it is launched twice at once: it is launched once, and each person is written to once', async () => {
    const phones = people('105', 60);
    const id = await ready(phones);
    const answers = await Promise.all([1, 2, 3].map(() => call('POST', `/v1/campaigns/${id}/launch`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    await becomes(id, { state: 'finished', progress: { targeted: 60, sent: 60 } });
    expect(await takenBy(phones)).toBe(60);
  });
});
