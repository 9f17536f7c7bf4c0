import { eventually } from '@postrider/test-backends';
import { heard } from '../platform/heard';
import { startPostrider, type Postrider } from '../platform/postrider';

const soon = { withinMs: 20_000 };

describe('a shop that obeys', () => {
  let postrider: Postrider;
  let call: Postrider['call'];
  let meta: Postrider['meta'];
  beforeAll(async () => {
    postrider = await startPostrider();
    ({ call, meta } = postrider);
  });
  afterAll(() => postrider?.stop());

  const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
  const consent = (...phones: string[]) =>
    call(
      'POST',
      '/v1/consents',
      phones.map((phone) => ({
        ...{ contact: { phone }, purpose: 'marketing', state: 'granted', source: 'form' },
      })),
    );
  const marketing = (phone: string, changes: object = {}) => ({
    channel: 'demo-marketing',
    to: { phone },
    template: { name: 'welcome', language: 'en_US', variables: ['Ana'] },
    ...changes,
  });
  const order = (phone: string, changes: object = {}) => ({
    channel: 'demo-transactional',
    to: { phone },
    template: { name: 'order_update', language: 'en_US', variables: ['Ana', 'A-1042'] },
    ...changes,
  });
  const writes = (phone: string, text: string) =>
    meta('POST', '/_sim/inbound', {
      ...{ phoneNumberId: '3000000000000001', from: phone.slice(1), message: { type: 'text', text: { body: text } } },
    });
  const stateOf = async (id: string) => (await call('GET', `/v1/messages/${id}`)).body.state;
  const whyOf = async (id: string) => {
    const { state, decision } = (await call('GET', `/v1/messages/${id}`)).body;
    return [state, decision?.code];
  };

  it.each([
    ['the United States', '+12125550100', 'marketing-paused-in-country'],
    ['Puerto Rico, a territory', '+17875550100', 'marketing-paused-in-country'],
    ['nowhere: toll-free', '+18882345600', 'marketing-paused-in-country'],
    ['Canada', '+14165550100', 'send'],
    ['Jamaica', '+18765550100', 'send'],
  ])('tells numbers under +1 apart: marketing to %s', async (_, phone, says) => {
    await consent(phone);
    const { status, body } = await call('POST', '/v1/messages', marketing(phone));
    expect(body.code ?? body.decision.outcome).toBe(says);
    if (status === 202) await eventually(async () => expect(await stateOf(body.id)).toBe('read'), soon);
  });

  it('lets a territory go with Canada once the policy says so, from the next message on', async () => {
    const { policy } = (await call('GET', '/v1/policies/countries')).body as unknown as { policy: Countries };
    const northAmerica = { ...policy.northAmerica, territories: 'allowed' };
    expect(await call('PUT', '/v1/policies/countries', { ...policy, northAmerica })).toMatchObject({ status: 200 });
    await eventually(async () => {
      const { body } = await call('POST', '/v1/decisions', marketing('+17875550100'));
      expect(body.outcome).toBe('send');
    }, soon);
    expect((await call('POST', '/v1/decisions', marketing('+12125550100'))).body.code).toBe(
      'marketing-paused-in-country',
    );
  });

  it('stops what waits for somebody who writes STOP, says so, and starts again when they do', async () => {
    const phone = '+34600700001';
    await consent(phone);
    const rules = [{ when: 'after-opt-out', language: 'es', reply: { text: 'No recibirá más mensajes.' } }];
    expect((await call('PUT', '/v1/policies/replies', { rules })).status).toBe(200);
    await heard(call, 'dispatch:policy-copy');
    const waiting = await call('POST', '/v1/messages', marketing(phone, { scheduledAt: inAnHour() }));
    const parcel = await call('POST', '/v1/messages', order(phone, { scheduledAt: inAnHour() }));
    await writes(phone, '¡Baja!');
    await eventually(async () => expect(await whyOf(waiting.body.id)).toEqual(['refused', 'stopped']), soon);
    expect(await stateOf(parcel.body.id)).toBe('requested');
    await eventually(async () => {
      const { body } = await meta('GET', `/_sim/messages?to=${phone.slice(1)}`);
      expect(JSON.stringify(body.data)).toContain('No recibirá más mensajes.');
    }, soon);
    // Meta's times have whole seconds, and of words of one second the stop counts.
    await meta('POST', '/_sim/clock', { advanceMs: 2_000 });
    await writes(phone, 'Alta');
    await eventually(async () => {
      expect((await call('POST', '/v1/decisions', marketing(phone))).body.outcome).toBe('send');
    }, soon);
  });

  it("obeys Meta's recategorisation: what was an update is marketing now, and waits for nobody who never agreed", async () => {
    const [agreed, never] = ['+34600700011', '+34600700012'];
    await consent(agreed);
    const scheduled = await Promise.all(
      [agreed, never].map((phone) =>
        call('POST', '/v1/messages', order(phone, { scheduledAt: new Date(Date.now() + 15_000).toISOString() })),
      ),
    );
    expect(scheduled.map(({ status }) => status)).toEqual([202, 202]);
    const recategorised = await meta('POST', '/_sim/templates/order_update', { category: 'MARKETING' });
    expect(recategorised.status).toBe(200);
    await eventually(async () => {
      expect((await call('POST', '/v1/messages', order('+34600700013'))).body.code).toBe('no-consent');
    }, soon);
    const [first, second] = scheduled.map(({ body }) => body.id) as [string, string];
    await eventually(async () => expect(await stateOf(first)).toBe('read'), { withinMs: 40_000 });
    await eventually(async () => expect(await whyOf(second)).toEqual(['refused', 'no-consent']), soon);
  });
});

interface Countries {
  readonly northAmerica: object;
}
