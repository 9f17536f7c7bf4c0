import { eventually, ids, startRig, type Rig } from '../testing/rig';

describe('numbers and accounts', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await startRig();
  });
  afterEach(() => rig.close());

  it('are as the seed says', async () => {
    expect((await rig.graph('GET', `/${ids.waba}?fields=id,name,owner_business_info{id,name}`)).body).toEqual({
      id: ids.waba,
      name: 'Demo Business',
      owner_business_info: { id: ids.portfolio, name: 'Demo Portfolio' },
    });
    const numbers = (
      await rig.graph(
        'GET',
        `/${ids.waba}/phone_numbers?fields=id,display_phone_number,status,code_verification_status,throughput,whatsapp_business_manager_messaging_limit`,
      )
    ).body.data;
    expect(numbers).toEqual([
      {
        id: ids.phone,
        display_phone_number: '+1 555 010 0001',
        status: 'CONNECTED',
        code_verification_status: 'VERIFIED',
        throughput: { level: 'HIGH' },
        whatsapp_business_manager_messaging_limit: 'TIER_UNLIMITED',
      },
      {
        id: ids.slowPhone,
        display_phone_number: '+1 555 010 0002',
        status: 'CONNECTED',
        code_verification_status: 'VERIFIED',
        throughput: { level: 'STANDARD' },
        whatsapp_business_manager_messaging_limit: 'TIER_UNLIMITED',
      },
    ]);
    expect(
      (await rig.graph('GET', `/${ids.smallPhone}?fields=whatsapp_business_manager_messaging_limit`)).body,
    ).toEqual({ whatsapp_business_manager_messaging_limit: 'TIER_250', id: ids.smallPhone });
    const templates = (await rig.graph('GET', `/${ids.waba}/message_templates?fields=name,status,category,language`))
      .body.data as { name: string; status: string; category: string; language: string }[];
    expect(templates.map((one) => [one.name, one.category, one.language, one.status])).toEqual([
      ['welcome', 'MARKETING', 'en_US', 'APPROVED'],
      ['order_update', 'UTILITY', 'en_US', 'APPROVED'],
      ['login_code', 'AUTHENTICATION', 'en_US', 'APPROVED'],
    ]);
  });

  it('say what a token is good for', async () => {
    const { data } = (
      await rig.graph('GET', '/debug_token?input_token=simulator-token', undefined, `${ids.app}|${ids.secret}`)
    ).body as { data: Record<string, unknown> };
    expect(data).toMatchObject({
      app_id: ids.app,
      is_valid: true,
      expires_at: 0,
      type: 'SYSTEM_USER',
      scopes: expect.arrayContaining(['whatsapp_business_messaging', 'whatsapp_business_management']),
    });
    expect((await rig.graph('GET', '/debug_token?input_token=nonsense')).body).toMatchObject({
      data: { is_valid: false },
    });
  });

  it('refuse a field that does not exist', async () => {
    expect((await rig.graph('GET', `/${ids.phone}?fields=id,favourite_colour`)).error.message).toContain(
      '(favourite_colour)',
    );
  });

  it('go through code and pin to be registered, ten times in 72 hours at most', async () => {
    const id = String(
      (
        await rig.graph('POST', `/${ids.waba}/phone_numbers`, {
          cc: '49',
          phone_number: '1511234567',
          verified_name: 'New',
        })
      ).body.id,
    );
    const register = (pin: string): ReturnType<Rig['graph']> =>
      rig.graph('POST', `/${id}/register`, { messaging_product: 'whatsapp', pin });
    expect((await register('123456')).error.code).toBe(133006);
    await rig.graph('POST', `/${id}/request_code?code_method=SMS&language=en_US`);
    expect((await rig.graph('POST', `/${id}/verify_code`, { code: '000' })).error.code).toBe(136025);
    const { verificationCode } = (await rig.control('POST', `/numbers/${id}`, {})).body;
    expect((await rig.graph('POST', `/${id}/verify_code`, { code: verificationCode })).body).toMatchObject({
      success: true,
    });
    expect((await register('123456')).body).toEqual({ success: true });
    expect((await register('654321')).error.code).toBe(133005);
    for (let n = 0; n < 7; n += 1) await register('123456');
    expect((await register('123456')).error.code).toBe(133016);
    await rig.pass(73 * 3_600_000);
    expect((await register('123456')).status).toBe(200);
  });

  it('keep a business profile', async () => {
    const path = `/${ids.phone}/whatsapp_business_profile`;
    expect(
      (
        await rig.graph('POST', path, {
          messaging_product: 'whatsapp',
          about: 'We sell tea',
          vertical: 'RETAIL',
          websites: ['https://tea.example'],
        })
      ).body,
    ).toEqual({ success: true });
    expect((await rig.graph('GET', `${path}?fields=about,vertical,websites`)).body).toEqual({
      data: [
        { about: 'We sell tea', vertical: 'RETAIL', websites: ['https://tea.example'], messaging_product: 'whatsapp' },
      ],
    });
    expect((await rig.graph('POST', path, { messaging_product: 'whatsapp', about: 'x'.repeat(140) })).error.code).toBe(
      100,
    );
  });

  it('block only people who wrote in the last 24 hours, and hear no more of them', async () => {
    await rig.subscribe();
    await rig.inbound('+4915112345601');
    const path = `/${ids.phone}/block_users`;
    const body = { messaging_product: 'whatsapp', block_users: [{ user: '+4915112345601' }] };
    expect((await rig.graph('POST', path, body)).body).toMatchObject({
      block_users: { added_users: [{ input: '+4915112345601', wa_id: '4915112345601' }] },
    });
    expect(await rig.graph('POST', path, { ...body, block_users: [{ user: '+4915112345602' }] })).toMatchObject({
      status: 400,
      body: {
        error: { code: 139100 },
        block_users: { added_users: [], failed_users: [{ input: '+4915112345602', errors: [{ code: 131047 }] }] },
      },
    });
    expect((await rig.graph('GET', path)).body.data).toMatchObject([{ wa_id: '4915112345601' }]);
    await eventually(() => expect(rig.receiver.messages()).toHaveLength(1));
    await rig.inbound('+4915112345601');
    await rig.inbound('+4915112345603');
    await eventually(() => expect(rig.receiver.messages()).toHaveLength(2));
    expect((await rig.graph('DELETE', path, body)).body).toMatchObject({
      block_users: { removed_users: [{ wa_id: '4915112345601' }] },
    });
  });

  it('count for analytics what was sent, delivered, read and charged', async () => {
    await rig.sendTemplate('+4915112345601');
    await rig.pass(1_000);
    const now = Math.floor(Date.now() / 1000);
    const range = `start(${now - 86_400}).end(${now + 86_400})`;
    const asked = await rig.graph(
      'GET',
      `/${ids.waba}?fields=analytics.${range}.granularity(DAY),pricing_analytics.${range}.granularity(DAILY)`,
    );
    expect(asked.body).toMatchObject({
      analytics: { data_points: [{ sent: 1, delivered: 1 }] },
      pricing_analytics: {
        data: [{ data_points: [{ country: 'DE', pricing_category: 'UTILITY', pricing_type: 'REGULAR', volume: 1 }] }],
      },
    });
    const insights = `/${ids.waba}/template_analytics?start=${now - 86_400}&end=${now + 86_400}&granularity=daily&template_ids=["4000000000000002"]`;
    expect((await rig.graph('GET', insights)).error.code).toBe(200007);
    await rig.graph('POST', `/${ids.waba}?is_enabled_for_insights=true`);
    expect((await rig.graph('GET', insights)).body.data).toMatchObject([
      { data_points: [{ template_id: '4000000000000002', sent: 1, delivered: 1, read: 1 }] },
    ]);
  });

  it('tell their health, as bad as the worst part', async () => {
    expect((await rig.graph('GET', `/${ids.phone}?fields=health_status`)).body).toMatchObject({
      health_status: { can_send_message: 'AVAILABLE' },
    });
    await rig.control('POST', `/accounts/${ids.waba}`, { paymentMissing: true });
    expect((await rig.graph('GET', `/${ids.phone}?fields=health_status`)).body).toMatchObject({
      health_status: {
        can_send_message: 'BLOCKED',
        entities: [
          { entity_type: 'PHONE_NUMBER', can_send_message: 'AVAILABLE' },
          { entity_type: 'WABA', can_send_message: 'BLOCKED' },
          { entity_type: 'BUSINESS' },
        ],
      },
    });
  });
});
