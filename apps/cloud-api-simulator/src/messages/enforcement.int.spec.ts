import { eventually, ids, startRig, wamidOf, type Answer, type Rig } from '../testing/rig';

const hourMs = 3_600_000;

describe('what Meta enforces', () => {
  let rig: Rig;
  /** Meta's rules of November 2026, however old this machine believes the world to be. */
  const aheadMs = Math.max(0, Date.UTC(2026, 10, 2) - Date.now());
  beforeEach(async () => {
    rig = await startRig({}, { clock: () => Date.now() + aheadMs });
    await rig.subscribe();
    await rig.subscribe(ids.smallWaba);
  });
  afterEach(() => rig.close());

  /** The code a message failed with, or its last status. */
  const fate = async (answer: Answer, wanted: unknown): Promise<void> => {
    expect(answer.status).toBe(200);
    const wamid = wamidOf(answer);
    await eventually(() => {
      const statuses = rig.receiver.statuses(wamid);
      const failed = statuses.find((status) => status.status === 'failed') as
        { errors: { code: number }[] } | undefined;
      expect(
        failed ? failed.errors[0]?.code : statuses.some((status) => status.status === 'read') ? 'read' : undefined,
      ).toBe(wanted);
    });
  };
  const user = '+4915112345601';

  it('fails free text with 131047 outside the 24-hour window, and lets it through inside', async () => {
    await fate(await rig.sendText(user), 131047);
    await rig.inbound(user);
    await fate(await rig.sendText(user), 'read');
    await rig.pass(23 * hourMs);
    await fate(await rig.sendText(user), 'read');
    await rig.pass(hourMs);
    await fate(await rig.sendText(user), 131047);
  });

  it('keeps windows apart by number', async () => {
    await rig.inbound(user, undefined, ids.slowPhone);
    await fate(await rig.sendText(user), 131047);
    await fate(await rig.sendText(user, 'Hello', ids.slowPhone), 'read');
  });

  it('refuses a paused template with 132015 until its pause is over, and a disabled one with 132016', async () => {
    await rig.control('POST', '/templates/order_update', { event: 'PAUSED' });
    expect((await rig.sendTemplate(user)).error.code).toBe(132015);
    await rig.pass(3 * hourMs + 1000);
    expect((await rig.sendTemplate(user)).status).toBe(200);
    await rig.control('POST', '/templates/order_update', { event: 'PAUSED' });
    await rig.pass(3 * hourMs + 1000);
    expect((await rig.sendTemplate(user)).error.code).toBe(132015);
    await rig.pass(3 * hourMs + 1000);
    expect((await rig.sendTemplate(user)).status).toBe(200);
    await rig.control('POST', '/templates/order_update', { event: 'PAUSED' });
    expect((await rig.sendTemplate(user)).error.code).toBe(132016);
  });

  it('fails marketing to the United States with 131049, not to Canada, and not utility', async () => {
    await fate(await rig.sendTemplate('+12125550101', 'welcome', ['Ada']), 131049);
    await fate(await rig.sendTemplate('+14165550101', 'welcome', ['Ada']), 'read');
    await fate(await rig.sendTemplate('+12125550101'), 'read');
  });

  it('fails marketing to a person who stopped it with 131050, says so by webhook, and not after resuming', async () => {
    await rig.control('POST', '/preferences', { phoneNumberId: ids.phone, user, marketing: 'stop' });
    await fate(await rig.sendTemplate(user, 'welcome', ['Ada']), 131050);
    await fate(await rig.sendTemplate(user), 'read');
    await rig.control('POST', '/preferences', { phoneNumberId: ids.phone, user, marketing: 'resume' });
    await fate(await rig.sendTemplate(user, 'welcome', ['Ada']), 'read');
    const said = rig.receiver.changes().filter((change) => change.field === 'user_preferences');
    expect(said.map((change) => (change.value.user_preferences as { value: string }[])[0]?.value)).toEqual([
      'stop',
      'resume',
    ]);
  });

  it('refuses a number that is not registered with 133010', async () => {
    await rig.graph('POST', `/${ids.slowPhone}/deregister`);
    expect(await rig.sendTemplate(user, 'order_update', ['a', 'b'], ids.slowPhone)).toMatchObject({
      status: 400,
      error: { code: 133010 },
    });
    await rig.graph('POST', `/${ids.slowPhone}/register`, { messaging_product: 'whatsapp', pin: '123456' });
    expect((await rig.sendTemplate(user, 'order_update', ['a', 'b'], ids.slowPhone)).status).toBe(200);
  });

  it("fails the portfolio's next new user with 131048 once its limit is used up, and frees it after a day", async () => {
    await rig.control('POST', '/portfolios/1500000000000002', { messagingLimit: 2 });
    await rig.graph('POST', `/${ids.smallWaba}/message_templates`, {
      name: 'note',
      language: 'en_US',
      category: 'UTILITY',
      components: [{ type: 'BODY', text: 'Your parcel has arrived.' }],
    });
    await rig.pass(1_000);
    const note = (to: string): Promise<Answer> => rig.sendTemplate(to, 'note', [], ids.smallPhone);
    await fate(await note('+4915112345601'), 'read');
    await fate(await note('+4915112345602'), 'read');
    await fate(await note('+4915112345601'), 'read');
    await fate(await note('+4915112345603'), 131048);
    await rig.pass(25 * hourMs);
    await fate(await note('+4915112345603'), 'read');
  });

  it('fails what cannot be paid for with 131042, and refuses a restricted account with 368', async () => {
    await rig.control('POST', `/accounts/${ids.waba}`, { paymentMissing: true });
    await fate(await rig.sendTemplate(user), 131042);
    await rig.inbound(user);
    // Free of charge, but since October 2026 nothing goes without a way to pay.
    await fate(await rig.sendText(user), 131042);
    await rig.control('POST', `/accounts/${ids.waba}`, { status: 'RESTRICTED' });
    expect(await rig.sendTemplate(user)).toMatchObject({ status: 403, error: { code: 368 } });
  });

  it('allows a sandbox number only its recipients', async () => {
    await rig.control('POST', `/numbers/${ids.phone}`, {
      accountMode: 'SANDBOX',
      allowedRecipients: ['+4915112345601'],
    });
    expect((await rig.sendTemplate(user)).status).toBe(200);
    expect((await rig.sendTemplate('+4915112345602')).error.code).toBe(131030);
  });

  it('fails a media link that cannot be fetched with 131053', async () => {
    await rig.inbound(user);
    const image = (link: string): Promise<Answer> => rig.send({ to: user, type: 'image', image: { link } });
    await fate(await image(`${rig.url}/nothing.png`), 131053);
    await fate(await image(`${rig.url}/_sim/`), 'read');
  });

  it('makes a free entry point of an answer to an ad', async () => {
    await rig.inbound(user, {
      type: 'text',
      text: { body: 'Hi' },
      referral: { source_type: 'ad', source_id: '1', source_url: 'https://fb.me/1' },
    });
    await fate(await rig.sendText(user), 'read');
    await rig.pass(48 * hourMs);
    const wamid = wamidOf(await rig.sendText(user));
    await eventually(() => expect(rig.receiver.statuses(wamid).length).toBeGreaterThanOrEqual(2));
    expect(rig.receiver.statuses(wamid)[0]).toMatchObject({
      pricing: { type: 'free_entry_point' },
      conversation: { origin: { type: 'referral_conversion' } },
    });
  });

  it('charges service messages once the free ones of a number in a month are used up, since October 2026', async () => {
    await rig.control('POST', '/settings', { freeServiceMessages: 1 });
    await rig.inbound(user);
    const price = async (): Promise<unknown> => {
      const wamid = wamidOf(await rig.sendText(user));
      return eventually(() => {
        const [status] = rig.receiver.statuses(wamid);
        if (!status) throw new Error('no status yet');
        return status.pricing;
      });
    };
    expect(await price()).toMatchObject({ billable: false, type: 'free_customer_service', category: 'service' });
    expect(await price()).toMatchObject({ billable: true, type: 'regular', category: 'service' });
    await rig.pass(31 * 24 * hourMs);
    await rig.inbound(user);
    expect(await price()).toMatchObject({ billable: false });
  });

  it('holds messages of a pacing template, then lets them go or drops them', async () => {
    await rig.control('POST', '/templates/welcome', { event: 'PACING' });
    const held = await rig.sendTemplate(user, 'welcome', ['Ada']);
    expect(held.body.messages).toMatchObject([{ message_status: 'held_for_quality_assessment' }]);
    await rig.control('POST', '/templates/welcome', { event: 'RELEASED' });
    await fate(held, 'read');
    await rig.control('POST', '/templates/welcome', { event: 'PACING' });
    const dropped = await rig.sendTemplate(user, 'welcome', ['Ada']);
    await rig.control('POST', '/templates/welcome', { quality: 'RED' });
    await fate(dropped, 132015);
  });

  it('sends marketing by its own endpoint as marketing_lite, and nothing else there', async () => {
    const send = (name: string, values: string[]): Promise<Answer> =>
      rig.graph('POST', `/${ids.phone}/marketing_messages`, {
        messaging_product: 'whatsapp',
        to: user,
        type: 'template',
        template: {
          name,
          language: { code: 'en_US' },
          components: [{ type: 'body', parameters: values.map((text) => ({ type: 'text', text })) }],
        },
      });
    const sent = await send('welcome', ['Ada']);
    await fate(sent, 'read');
    expect(rig.receiver.statuses(wamidOf(sent))[0]).toMatchObject({ pricing: { category: 'marketing_lite' } });
    expect((await send('order_update', ['a', 'b'])).error.code).toBe(134100);
    await rig.graph('POST', `/${ids.waba}`, { disable_marketing_messages_on_cloud_api: true });
    expect((await rig.sendTemplate(user, 'welcome', ['Ada'])).error.code).toBe(131063);
  });
});

describe('what Meta takes within a time, on a clock that only the test moves', () => {
  let rig: Rig;
  beforeEach(async () => {
    const startedMs = Date.now();
    rig = await startRig({}, { clock: () => startedMs });
  });
  afterEach(() => rig.close());
  const user = '+4915112345601';
  const codesOf = async (count: number, send: (nth: number) => Promise<Answer>): Promise<number[]> => {
    const codes = [];
    for (let nth = 0; nth < count; nth += 1) codes.push((await send(nth)).error.code);
    return codes;
  };
  const passed = (count: number): number[] => Array.from({ length: count }, () => 0);

  it('is 45 messages to one user at once, then one in six seconds, else 131056; others are not held up', async () => {
    expect(await codesOf(47, () => rig.sendTemplate(user))).toEqual([...passed(45), 131056, 131056]);
    expect((await rig.sendTemplate('+4915112345602')).status).toBe(200);
    await rig.pass(6_000);
    expect(await codesOf(2, () => rig.sendTemplate(user))).toEqual([0, 131056]);
    await rig.pass(45 * 6_000);
    expect(await codesOf(46, () => rig.sendTemplate(user))).toEqual([...passed(45), 131056]);
  });

  it("is a number's throughput in a second, in and out together, else 130429; other numbers are not held up", async () => {
    await rig.control('POST', `/numbers/${ids.slowPhone}`, { throughputPerSecond: 3 });
    const send = (nth: number): Promise<Answer> =>
      rig.sendTemplate(`+49151123456${10 + nth}`, 'order_update', ['a', 'b'], ids.slowPhone);
    expect(await codesOf(5, send)).toEqual([0, 0, 0, 130429, 130429]);
    expect((await rig.sendTemplate(user)).status).toBe(200);
    await rig.pass(1_000);
    await rig.inbound(user, undefined, ids.slowPhone);
    expect(await codesOf(3, send)).toEqual([0, 0, 130429]);
  });
});
