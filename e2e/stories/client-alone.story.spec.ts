import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cloudApi, connectionPools, type CloudApi, type Pools, type Usage } from '@postrider/cloud-api-client';
import { startSimulator, type RunningSimulator } from '@postrider/cloud-api-simulator';
import { isMessageField, readField, readMessages } from '@postrider/cloud-api-payloads';
import { eventually as within } from '@postrider/test-backends';
import { startHook, type Hook } from '../platform/hook';
import { caller, type Call } from '../platform/http';

const root = join(__dirname, '../..');
const [app, secret] = ['1000000000000001', 'simulator-app-secret'];
/** Long enough for a slow machine: what comes in time is not waited for. */
const eventually = <T>(check: () => T | false | Promise<T | false>) => within(check, { withinMs: 30_000 });
const portfolio = '1500000000000001';
const waba = '2000000000000001';
const phone = '3000000000000001';
const ann = '+4915112345601';
const png = { bytes: Buffer.from('not really a picture'), mimeType: 'image/png', filename: 'a.png' };
const orderUpdate = (name = 'order_update') => ({
  name,
  language: { code: 'en_US' },
  components: [{ type: 'body' as const, parameters: ['Ann', 'A-1'].map((text) => ({ type: 'text' as const, text })) }],
});

/** The same API, noting the name of each call that is made. */
function noting<T extends object>(api: T, called: Set<string>, prefix = ''): T {
  const noted = Object.entries(api).map(([name, member]: [string, unknown]) => {
    const path = `${prefix}${name}`;
    if (typeof member !== 'function') return [name, noting(member as object, called, `${path}.`)];
    const call = (...given: unknown[]): unknown => {
      called.add(path);
      return (member as (...all: unknown[]) => unknown)(...given);
    };
    return [name, call];
  });
  return Object.fromEntries(noted) as T;
}
const namesOf = (api: object, prefix = ''): string[] =>
  Object.entries(api).flatMap(([name, member]: [string, unknown]) =>
    typeof member === 'function' ? [`${prefix}${name}`] : namesOf(member as object, `${prefix}${name}.`),
  );
async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
}

describe('an engineer of another tool, with the client and the simulator alone', () => {
  let simulator: RunningSimulator;
  let control: Call;
  let hook: Hook;
  let pools: Pools;
  let plain: CloudApi;
  let api: CloudApi;
  let asApp: CloudApi;
  const called = new Set<string>();
  const usages: Usage[] = [];
  beforeAll(async () => {
    simulator = await startSimulator({ port: 0, settings: { sentMs: 5, deliveredMs: 10, readMs: 15, reviewMs: 5 } });
    control = caller(`${simulator.url}/_sim`);
    hook = await startHook(secret);
    pools = connectionPools();
    const settings = { graphUrl: simulator.url, pools, onUsage: (usage: Usage) => usages.push(usage) };
    plain = cloudApi({ ...settings, accessToken: 'simulator-token' });
    api = noting(plain, called);
    asApp = noting(cloudApi({ ...settings, accessToken: `${app}|${secret}` }), called);
  });
  afterAll(async () => {
    await pools?.close();
    await hook?.close();
    await simulator?.close();
  });

  const inbound = async (message: object, from = ann): Promise<string> =>
    String((await control('POST', '/inbound', { phoneNumberId: phone, from, message })).body.wamid);
  const statusesOf = (wamid: string) =>
    hook.changes
      .filter(({ field }) => isMessageField(field))
      .flatMap(({ value }) => readMessages(value).statuses)
      .flatMap((item) => (item.ok && item.value.id === wamid ? [item.value] : []));

  it("runs the example of the client's README", async () => {
    const readme = readFileSync(join(root, 'libs/cloud-api-client/README.md'), 'utf8');
    const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
    const [head = '', ...lines] = example.trimEnd().replace('http://127.0.0.1:3010', simulator.url).split('\n');
    expect(lines.length).toBeLessThan(12);
    const file = join(__dirname, `example-${process.pid}.ts`);
    writeFileSync(file, [head, 'void (async () => {', ...lines, '})();'].join('\n'));
    try {
      const ran = await promisify(execFile)(process.execPath, ['-r', './tools/register.cjs', file], { cwd: root });
      expect(ran.stderr).toBe('');
      expect(ran.stdout).toMatch(/^wamid\.\S+\nwelcome APPROVED\norder_update APPROVED\n/);
    } finally {
      rmSync(file);
    }
  });

  it('learns what the token is, whose account it is, and whether it can send', async () => {
    expect(await api.debugToken()).toMatchObject({ is_valid: true, app_id: app });
    expect(await api.businessAccounts.get(waba)).toMatchObject({ id: waba, name: 'Demo Business' });
    expect(await api.healthStatus.get(phone)).toMatchObject({ can_send_message: 'AVAILABLE' });
    expect(await all(api.portfolios.owned(portfolio))).toMatchObject([{ id: waba }]);
    expect(await all(api.portfolios.shared(portfolio))).toEqual([]);
  });

  it('sets callbacks for the app, the account and a number, of which the nearest gets the webhooks', async () => {
    const override = { override_callback_uri: hook.url, verify_token: hook.verifyToken };
    const callback = { callback_url: `${hook.url}/app`, verify_token: hook.verifyToken, fields: [] };
    expect(await asApp.appSubscriptions.set(app, callback)).toMatchObject({ success: true });
    expect(await asApp.appSubscriptions.list(app)).toMatchObject([{ callback_url: `${hook.url}/app` }]);
    await api.subscribedApps.subscribe(waba, override);
    expect(await api.subscribedApps.list(waba)).toMatchObject([{ override_callback_uri: hook.url }]);
    await expect(
      api.phoneNumbers.overrideCallback(phone, { ...override, verify_token: 'wrong' }),
    ).rejects.toMatchObject({ metaCode: 2200, outcome: 'rejected' });
    await api.phoneNumbers.overrideCallback(phone, { ...override, override_callback_uri: `${hook.url}/number` });
    expect(await api.phoneNumbers.get(phone)).toMatchObject({
      webhook_configuration: {
        phone_number: `${hook.url}/number`,
        whatsapp_business_account: hook.url,
        application: `${hook.url}/app`,
      },
    });
    await api.phoneNumbers.overrideCallback(phone, { override_callback_uri: '' });
  });

  it('sends a template, whose statuses come signed, and reads them', async () => {
    const message = {
      messaging_product: 'whatsapp',
      to: ann,
      type: 'template',
      template: orderUpdate(),
      biz_opaque_callback_data: 'order-17',
    } as const;
    const outcome = await api.messages.send(phone, message);
    expect(outcome).toMatchObject({ kind: 'accepted', waId: '4915112345601', messageStatus: 'accepted' });
    const wamid = outcome.kind === 'accepted' ? outcome.wamid : '';
    await eventually(() => statusesOf(wamid).length === 3);
    expect(statusesOf(wamid).map(({ status }) => status)).toEqual(
      expect.arrayContaining(['sent', 'delivered', 'read']),
    );
    for (const status of statusesOf(wamid)) expect(status.biz_opaque_callback_data).toBe('order-17');
  });

  it('sends to a user id, and marketing over its own endpoint', async () => {
    const template = { name: 'welcome', language: { code: 'en_US' }, components: [{ type: 'body' as const }] };
    const parameters = [{ type: 'text' as const, text: 'Ann' }];
    const sent = await api.messages.send(phone, {
      messaging_product: 'whatsapp',
      recipient: 'DE.1234567890123401',
      type: 'template',
      template: orderUpdate(),
    });
    expect(sent).toMatchObject({ kind: 'accepted', userId: 'DE.1234567890123401' });
    const marketing = await api.marketingMessages.send(phone, {
      messaging_product: 'whatsapp',
      to: ann,
      type: 'template',
      template: { ...template, components: [{ type: 'body', parameters }] },
      product_policy: 'STRICT',
    });
    const wamid = marketing.kind === 'accepted' ? marketing.wamid : '';
    await eventually(() => statusesOf(wamid).some(({ pricing }) => pricing?.category === 'marketing_lite'));
  });

  it('answers a person within the window, and marks the message as read', async () => {
    const wamid = await inbound({ type: 'text', text: { body: 'Grüße 👋' } });
    expect(await api.messages.markRead(phone, wamid, { typing: true })).toEqual({ success: true });
    const text = { messaging_product: 'whatsapp', to: ann, type: 'text', text: { body: 'Hello' } } as const;
    expect(await api.messages.send(phone, { ...text, context: { message_id: wamid } })).toMatchObject({
      kind: 'accepted',
    });
    const heard = () =>
      hook.changes
        .filter(({ field }) => field === 'messages')
        .flatMap(({ value }) => readMessages(value).messages)
        .find((item) => item.ok && item.value.id === wamid);
    expect(await eventually(() => heard() ?? false)).toMatchObject({ value: { text: { body: 'Grüße 👋' } } });
  });

  it('uploads a file, sends it, fetches it in two hops and deletes it; and fetches what a person sent', async () => {
    const { id } = await api.media.upload(phone, png);
    const image = { messaging_product: 'whatsapp', to: ann, type: 'image', image: { id, caption: 'See' } } as const;
    expect(await api.messages.send(phone, image)).toMatchObject({ kind: 'accepted' });
    expect(await api.media.get(id, { phoneNumberId: phone })).toMatchObject({ id, file_size: png.bytes.length });
    expect(await api.media.download(id)).toMatchObject({ bytes: png.bytes, mimeType: 'image/png' });
    expect(await api.media.delete(id, { phoneNumberId: phone })).toEqual({ success: true });
    await expect(api.media.download(id)).rejects.toMatchObject({ metaCode: 100, outcome: 'rejected' });

    const wamid = await inbound({ type: 'image', image: {} });
    const [received] = await eventually(() => {
      const messages = hook.changes
        .filter(({ field }) => field === 'messages')
        .flatMap(({ value }) => readMessages(value).messages);
      const found = messages.flatMap((item) =>
        item.ok && item.value.id === wamid && item.value.image ? [item.value.image] : [],
      );
      return found.length > 0 && found;
    });
    expect((await api.media.downloadFrom(String(received?.url))).bytes.toString()).toMatch(/^image sample/);
  });

  it('uploads a sample in pieces, and uses its handle for a profile picture and a template', async () => {
    const session = await api.uploads.start(app, { name: 'a.png', bytes: png.bytes.length, mimeType: 'image/png' });
    expect(await api.uploads.offset(session)).toBe(0);
    const handle = await api.uploads.send(session, png.bytes);
    expect(await api.uploads.upload(app, png)).toMatch(/^4::/);
    await api.businessProfile.update(phone, { about: 'We sell tea', profile_picture_handle: handle });
    expect(await api.businessProfile.get(phone)).toMatchObject({ about: 'We sell tea' });
    const header = { type: 'HEADER', format: 'IMAGE', example: { header_handle: [handle] } };
    const created = await api.templates.create(waba, {
      name: 'pictured',
      language: 'en_US',
      category: 'UTILITY',
      components: [header, { type: 'BODY', text: 'Your picture is here.' }],
    });
    expect(created).toMatchObject({ status: 'PENDING', category: 'UTILITY' });
  });

  it('creates, lists through pages, edits, archives and deletes templates', async () => {
    const template = { name: 'parcel', language: 'en_US', category: 'UTILITY' };
    const components = [{ type: 'BODY', text: 'Your parcel is here.' }];
    const { id } = await api.templates.create(waba, { ...template, components });
    // The id is beyond 2^53: it is a text from here to there and back.
    expect(Number.isSafeInteger(Number(id))).toBe(false);
    await eventually(async () => (await api.templates.get(id)).status === 'APPROVED');
    const told = { kind: 'read', value: { message_template_id: id, event: 'APPROVED' } };
    await eventually(() => {
      const updates = hook.changes.filter(({ field }) => field === 'message_template_status_update');
      expect(updates.map(readField).at(-1)).toMatchObject(told);
    });
    await api.templates.edit(id, { components: [{ type: 'BODY', text: 'Your parcel has come.' }] });
    expect((await api.templates.get(id)).components).toMatchObject([{ text: 'Your parcel has come.' }]);
    const codes = await api.templates.upsert(waba, {
      name: 'door_key',
      languages: ['de', 'fr', 'es'],
      category: 'AUTHENTICATION',
      components: [{ type: 'BODY' }, { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE' }] }],
    });
    expect(codes.data).toHaveLength(3);
    const listed = await all(api.templates.list(waba, { name: 'door_key', limit: 1 }));
    expect(listed.map(({ language }) => language)).toEqual(['de', 'fr', 'es']);
    await control('POST', '/templates/order_update', { event: 'PAUSED' });
    expect(await api.templates.unpause('4000000000000002')).toMatchObject({ success: true });
    await eventually(async () => (await api.templates.get(id)).status === 'APPROVED');
    await api.templates.archive(waba, [id]);
    expect(await api.templates.get(id)).toMatchObject({ status: 'ARCHIVED' });
    await api.templates.unarchive(waba, [id]);
    expect(await api.templates.delete(waba, { name: 'door_key' })).toEqual({ success: true });
    expect(await all(api.templates.list(waba, { name: 'door_key' }))).toEqual([]);
  });

  it('adds a number, verifies and registers it, and sets it up', async () => {
    const number = { cc: '49', phone_number: '1511234567', verified_name: 'New' };
    const { id } = await api.phoneNumbers.add(waba, number);
    expect((await all(api.phoneNumbers.list(waba, { limit: 1 }))).map((each) => each.id)).toContain(id);
    await expect(api.phoneNumbers.register(id, { pin: '123456' })).rejects.toMatchObject({ metaCode: 133006 });
    await api.phoneNumbers.requestCode(id, { code_method: 'SMS', language: 'en_US' });
    const { verificationCode } = (await control('POST', `/numbers/${id}`, {})).body;
    await api.phoneNumbers.verifyCode(id, String(verificationCode));
    await api.phoneNumbers.register(id, { pin: '123456' });
    expect(await api.phoneNumbers.get(id)).toMatchObject({ status: 'CONNECTED' });
    await api.phoneNumbers.setPin(id, '654321');
    await api.phoneNumbers.requestDisplayName(id, 'Newer');
    await api.phoneNumbers.changeSettings(id, { user_identity_change: { enable_identity_key_check: true } });
    expect(await api.phoneNumbers.settings(id)).toMatchObject({
      user_identity_change: { enable_identity_key_check: true },
    });
    await api.phoneNumbers.deregister(id);
    expect((await api.phoneNumbers.get(id)).status).not.toBe('CONNECTED');
  });

  it('blocks a person who wrote, hears of one who did not, and unblocks', async () => {
    const blocked = await api.blockUsers.block(phone, [{ user: ann }, { user: '+4915199999999' }]);
    expect(blocked.added_users).toMatchObject([{ wa_id: '4915112345601' }]);
    expect(blocked.failed_users).toMatchObject([{ input: '+4915199999999' }]);
    expect(await all(api.blockUsers.list(phone))).toMatchObject([{ wa_id: '4915112345601' }]);
    expect((await api.blockUsers.unblock(phone, [{ user: ann }])).removed_users).toHaveLength(1);
  });

  it('asks what was sent and what it cost', async () => {
    const now = Math.floor(Date.now() / 1000);
    const period = { start: now - 86_400, end: now + 86_400 };
    const templateIds = ['4000000000000002'];
    await expect(all(api.analytics.template(waba, { ...period, templateIds }))).rejects.toMatchObject({
      metaCode: 200007,
    });
    await api.analytics.enableTemplateInsights(waba);
    await eventually(async () => {
      const days = await all(api.analytics.template(waba, { ...period, templateIds }));
      const points = days.flatMap((each) => each.data_points);
      expect(points).toMatchObject([{ template_id: '4000000000000002', sent: 3 }]);
    });
    const prices = await api.analytics.pricing(waba, { ...period, granularity: 'DAILY', dimensions: ['COUNTRY'] });
    expect(prices).toContainEqual(expect.objectContaining({ country: 'DE' }));
  });

  it('is told by the rate headers how much of its allowance is used', () => {
    expect(usages).toContainEqual(
      expect.objectContaining({
        app: expect.objectContaining({ callCount: expect.any(Number) as number }) as object,
        business: { [waba]: [expect.objectContaining({ type: 'whatsapp' })] },
      }),
    );
  });

  it('lets go of the account at the end', async () => {
    await api.subscribedApps.unsubscribe(waba);
    expect(await api.subscribedApps.list(waba)).toEqual([]);
    expect(hook.refused).toEqual([]);
  });

  it('has made every call that the client offers', () => {
    expect([...called].sort()).toEqual(namesOf(plain).sort());
  });
});
