import { ids, startRig, type Rig } from '../testing/rig';

describe('sending', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.close());

  const refusal = async (message: Record<string, unknown>): Promise<[number, number]> => {
    const answer = await rig.send(message);
    return [answer.status, answer.error.code];
  };

  it('accepts a template and answers with a wamid, the wa_id and message_status', async () => {
    const answer = await rig.sendTemplate('+49 151 123456-01');
    expect(answer).toMatchObject({
      status: 200,
      body: {
        messaging_product: 'whatsapp',
        contacts: [{ input: '+49 151 123456-01', wa_id: '4915112345601' }],
        messages: [{ id: expect.stringMatching(/^wamid\.[A-Za-z0-9+/=]+$/), message_status: 'accepted' }],
      },
    });
  });

  it('answers with user_id and no wa_id when addressed by BSUID, and lets `to` win', async () => {
    const template = {
      name: 'order_update',
      language: { code: 'en_US' },
      components: [
        {
          type: 'body',
          parameters: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
        },
      ],
    };
    const byUser = await rig.send({ recipient: 'DE.1234567890123401', type: 'template', template });
    expect(byUser.body.contacts).toEqual([{ input: 'DE.1234567890123401', user_id: 'DE.1234567890123401' }]);
    const both = await rig.send({ to: '4915112345601', recipient: 'DE.1234567890123401', type: 'template', template });
    expect(both.body.contacts).toEqual([{ input: '4915112345601', wa_id: '4915112345601' }]);
  });

  it('checks the token before the permission, the permission before the number, the number before the content', async () => {
    await rig.control('POST', '/tokens/reader', { scopes: ['whatsapp_business_management'] });
    const path = `/${ids.phone}/messages`;
    expect((await rig.graph('POST', path, {}, 'nonsense')).error.code).toBe(190);
    expect(await rig.graph('POST', '/999/messages', {}, 'reader')).toMatchObject({ status: 403, error: { code: 10 } });
    expect(await rig.graph('POST', '/999/messages', {})).toMatchObject({
      status: 400,
      error: { code: 100, error_subcode: 33 },
    });
    expect((await rig.graph('POST', path, {})).error.message).toContain('messaging_product');
  });

  it('refuses a call without a token, and one whose token has expired', async () => {
    const bare = await fetch(`${rig.url}/v24.0/${ids.phone}/messages`, { method: 'POST' });
    expect(bare.status).toBe(401);
    await rig.control('POST', '/tokens/brief', { expiresInSeconds: 60 });
    expect((await rig.graph('GET', `/${ids.waba}`, undefined, 'brief')).status).toBe(200);
    await rig.pass(61_000);
    expect(await rig.graph('GET', `/${ids.waba}`, undefined, 'brief')).toMatchObject({
      status: 401,
      error: { code: 190, error_subcode: 463 },
    });
  });

  it('does not show a token the accounts of others', async () => {
    await rig.control('POST', '/tokens/narrow', { wabaIds: [ids.smallWaba] });
    expect((await rig.graph('GET', `/${ids.waba}`, undefined, 'narrow')).error.error_subcode).toBe(33);
    expect((await rig.graph('GET', `/${ids.smallWaba}`, undefined, 'narrow')).status).toBe(200);
  });

  it.each<[string, Record<string, unknown>, number]>([
    ['a missing recipient', { type: 'text', text: { body: 'x' } }, 100],
    ['a recipient that is no number', { to: 'somebody', type: 'text', text: { body: 'x' } }, 131009],
    ['the own number as recipient', { to: '+1 555 010 0001', type: 'text', text: { body: 'x' } }, 131021],
    ['an unknown type', { to: '4915112345601', type: 'poem', poem: {} }, 100],
    ['a missing type object', { to: '4915112345601', type: 'text' }, 131008],
    ['an empty body', { to: '4915112345601', type: 'text', text: { body: '' } }, 131008],
    ['a body over 4096 characters', { to: '4915112345601', type: 'text', text: { body: 'x'.repeat(4097) } }, 100],
    ['an unexpected key', { to: '4915112345601', type: 'text', text: { body: 'x', colour: 'red' } }, 100],
    ['neither id nor link', { to: '4915112345601', type: 'image', image: {} }, 100],
    [
      'both id and link',
      { to: '4915112345601', type: 'image', image: { id: '1', link: 'https://a.example/b.png' } },
      100,
    ],
    ['a media id that is not there', { to: '4915112345601', type: 'image', image: { id: '1' } }, 100],
    [
      'a latitude off the globe',
      { to: '4915112345601', type: 'location', location: { latitude: 91, longitude: 0 } },
      131009,
    ],
    ['a contact without a name', { to: '4915112345601', type: 'contacts', contacts: [{}] }, 131008],
    [
      'a reaction of two emoji',
      { to: '4915112345601', type: 'reaction', reaction: { message_id: 'wamid.x', emoji: '👍👍' } },
      131009,
    ],
    [
      'callback data over 512 characters',
      { to: '4915112345601', type: 'text', text: { body: 'x' }, biz_opaque_callback_data: 'x'.repeat(513) },
      100,
    ],
    [
      'an unknown template',
      { to: '4915112345601', type: 'template', template: { name: 'nothing', language: { code: 'en_US' } } },
      132001,
    ],
    ['a template without language', { to: '4915112345601', type: 'template', template: { name: 'welcome' } }, 131008],
  ])('refuses %s', async (_what, message, code) => {
    expect((await refusal(message))[1]).toBe(code);
  });

  it('refuses template parameters that do not fit, each with its own code', async () => {
    const text = (value: string): Record<string, unknown> => ({ type: 'text', text: value });
    const sent = async (parameters: unknown[]): Promise<number> =>
      (
        await refusal({
          to: '4915112345601',
          type: 'template',
          template: { name: 'order_update', language: { code: 'en_US' }, components: [{ type: 'body', parameters }] },
        })
      )[1];
    expect(await sent([text('one')])).toBe(132000);
    expect(await sent([text('one'), { type: 'image', image: { link: 'https://a.example/b.png' } }])).toBe(132012);
    expect(await sent([text('one'), text('two\nlines')])).toBe(132018);
    expect(await sent([text('one'), text('x'.repeat(1100))])).toBe(132005);
    expect(await sent([text('one'), { type: 'text' }])).toBe(131008);
  });

  it('wants an authentication code twice, and a phone for it', async () => {
    const login = (components: unknown[]): Record<string, unknown> => ({
      type: 'template',
      template: { name: 'login_code', language: { code: 'en_US' }, components },
    });
    const body = { type: 'body', parameters: [{ type: 'text', text: '123456' }] };
    const button = { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: '123456' }] };
    expect((await refusal({ to: '4915112345601', ...login([body]) }))[1]).toBe(131008);
    expect((await refusal({ recipient: 'DE.1234567890123401', ...login([body, button]) }))[1]).toBe(131062);
    expect((await rig.send({ to: '4915112345601', ...login([body, button]) })).status).toBe(200);
  });

  it('marks as read, with a typing indicator, and says so on the control surface', async () => {
    const wamid = await rig.inbound('+4915112345601');
    const answer = await rig.graph('POST', `/${ids.phone}/messages`, {
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: wamid,
      typing_indicator: { type: 'text' },
    });
    expect(answer.body).toEqual({ success: true });
    expect((await rig.control('GET', '/read-marks')).body.data).toContainEqual(
      expect.objectContaining({ wamid, typing: true }),
    );
  });

  it('serves known versions and none, and refuses a version that does not exist', async () => {
    const head = { headers: { authorization: 'Bearer simulator-token' } };
    expect((await fetch(`${rig.url}/v19.0/${ids.waba}`, head)).status).toBe(200);
    expect((await fetch(`${rig.url}/${ids.waba}`, head)).status).toBe(200);
    expect((await fetch(`${rig.url}/v99.0/${ids.waba}`, head)).status).toBe(400);
  });
});
