import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator } from '../start-simulator';
import { eventually, ids, startRig, wamidOf, type Rig } from '../testing/rig';

describe('the control surface', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await startRig();
    await rig.subscribe();
  });
  afterEach(() => rig.close());

  it('shows what was accepted as received, with the webhooks sent for it', async () => {
    const wamid = wamidOf(await rig.sendTemplate('+4915112345601'));
    await rig.sendTemplate('+4915112345602', 'order_update', ['a', 'b'], ids.slowPhone);
    await eventually(async () => {
      const { data } = (await rig.control('GET', '/messages?to=4915112345601')).body;
      expect(data).toMatchObject([
        {
          wamid,
          phoneNumberId: ids.phone,
          to: '+4915112345601',
          body: { to: '+4915112345601', type: 'template' },
          statuses: [{ status: 'sent' }, { status: 'delivered' }, { status: 'read' }],
        },
      ]);
      const [message] = data as { webhooks: unknown[] }[];
      expect(message?.webhooks).toContainEqual({
        id: expect.any(Number),
        url: rig.receiver.url,
        state: 'delivered',
        answers: [200],
      });
    });
    expect((await rig.control('GET', `/messages?phoneNumberId=${ids.slowPhone}`)).body.data).toHaveLength(1);
    const first = (await rig.control('GET', '/messages?limit=1')).body;
    expect(first).toMatchObject({ data: [{ wamid }], next: 1, total: 2 });
    expect((await rig.control('GET', `/messages?after=${String(first.next)}`)).body.data).toHaveLength(1);
  });

  it('shows every webhook POST with its exact body, its attempts and answers', async () => {
    await rig.inbound('+4915112345601');
    await eventually(async () => {
      const { data } = (await rig.control('GET', '/deliveries')).body;
      expect(data).toMatchObject([
        {
          url: rig.receiver.url,
          state: 'delivered',
          updates: 1,
          body: rig.receiver.posts[0]?.body,
          signature: rig.receiver.posts[0]?.headers['x-hub-signature-256'],
          attempts: [{ status: 200 }],
        },
      ]);
    });
  });

  it('goes back to the seed, keeping the callbacks only when asked', async () => {
    await rig.control('POST', '/clock', { advanceMs: 3_600_000 });
    await rig.sendTemplate('+4915112345601');
    await rig.control('POST', '/reset', { keepWebhooks: true });
    expect((await rig.control('GET', '/messages')).body).toMatchObject({ data: [], total: 0 });
    expect((await rig.control('GET', '/clock')).body.offsetMs).toBe(0);
    expect((await rig.graph('GET', `/${ids.waba}/subscribed_apps`)).body.data).toHaveLength(1);
    await rig.control('POST', '/reset');
    expect((await rig.graph('GET', `/${ids.waba}/subscribed_apps`)).body.data).toHaveLength(0);
  });

  it('says in one line what it cannot do', async () => {
    expect(await rig.control('POST', '/clock', { advanceMs: 'much' })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('advanceMs') },
    });
    expect(
      await rig.control('POST', '/inbound', { phoneNumberId: '1', from: '+4915112345601', message: { type: 'text' } }),
    ).toMatchObject({ status: 404 });
    for (const wrong of [{ speed: 1 }, { sentMs: 'soon' }, { identities: 'none' }, { webhookConcurrency: 0 }]) {
      const [name] = Object.keys(wrong);
      expect(await rig.control('POST', '/settings', wrong)).toMatchObject({
        status: 400,
        body: { error: expect.stringContaining(String(name)) },
      });
    }
    expect(await rig.control('POST', '/templates/nothing', { event: 'APPROVED' })).toMatchObject({ status: 404 });
  });
});

describe('starting', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('says in one line that the port is taken', async () => {
    const first = await startSimulator({ port: 0 });
    const port = Number(new URL(first.url).port);
    await expect(startSimulator({ port })).rejects.toThrow(`Port ${port} is in use`);
    await first.close();
  });

  it('keeps its state in a file, with what was still to come', async () => {
    const statePath = join(folder, 'state.json');
    const hourMs = 3_600_000;
    const before = await startRig({ deliveredMs: hourMs, readMs: 2 * hourMs }, { statePath });
    await before.subscribe();
    const wamid = wamidOf(await before.sendTemplate('+4915112345601'));
    await eventually(() => expect(before.receiver.statuses(wamid)).toHaveLength(1));
    const callback = before.receiver.url;
    await before.close();

    const after = await startRig({}, { statePath });
    expect((await after.graph('GET', `/${ids.waba}/subscribed_apps`)).body.data).toMatchObject([
      { override_callback_uri: callback },
    ]);
    await after.subscribe();
    await after.pass(3 * hourMs);
    await eventually(() =>
      expect(
        after.receiver
          .statuses(wamid)
          .map((status) => status.status)
          .sort(),
      ).toEqual(['delivered', 'read']),
    );
    expect((await after.control('GET', '/messages')).body.data).toMatchObject([{ wamid }]);
    await after.close();
  });

  it('knows after a kill what it had answered for, and tells of it', async () => {
    const statePath = join(folder, 'killed.json');
    const before = await startRig({ sentMs: 60_000, deliveredMs: 60_000, readMs: 60_000 }, { statePath });
    await before.subscribe();
    await eventually(() => expect(readFileSync(statePath, 'utf8')).toContain(before.receiver.url));
    const wamid = wamidOf(await before.sendTemplate('+4915112345601'));
    // What lies on the disk now is all that a kill would leave.
    const left = join(folder, 'left.json');
    for (const end of ['', '.accepted']) writeFileSync(`${left}${end}`, readFileSync(`${statePath}${end}`));
    await before.close();

    const after = await startRig({}, { statePath: left });
    await after.subscribe();
    await after.pass(3 * 60_000);
    await eventually(() => {
      const told = after.receiver.statuses(wamid).map(({ status }) => status);
      expect(told.sort()).toEqual(['delivered', 'read', 'sent']);
    });
    expect((await after.control('GET', '/messages')).body.data).toMatchObject([{ wamid }]);
    await after.close();
  });

  it('says in one line that its state file is none', async () => {
    const statePath = join(folder, 'state.json');
    writeFileSync(statePath, '{"half');
    await expect(startSimulator({ port: 0, statePath })).rejects.toThrow(/state file .*state\.json cannot be read/);
  });

  it('starts from a seed file, and says where a wrong one is wrong', async () => {
    const seedPath = join(folder, 'seed.json');
    const seed = {
      apps: [{ id: '11', name: 'App', secret: 's' }],
      tokens: [{ token: 't', appId: '11', portfolioIds: ['12'] }],
      portfolios: [{ id: '12', name: 'P', messagingLimit: 250 }],
      accounts: [{ id: '13', name: 'A', portfolioId: '12' }],
      numbers: [{ id: '14', wabaId: '13', displayPhoneNumber: '+49 30 1', verifiedName: 'A' }],
      templates: [],
    };
    writeFileSync(seedPath, JSON.stringify(seed));
    const rig = await startRig({}, { seedPath });
    expect((await rig.graph('GET', '/13/phone_numbers', undefined, 't')).body.data).toMatchObject([{ id: '14' }]);
    await rig.close();
    writeFileSync(seedPath, JSON.stringify({ ...seed, numbers: [{ id: 'x' }] }));
    await expect(startSimulator({ port: 0, seedPath })).rejects.toThrow(/numbers\.0\.id/);
    writeFileSync(seedPath, JSON.stringify({ ...seed, settings: { review: 'never' } }));
    await expect(startSimulator({ port: 0, seedPath })).rejects.toThrow(/settings\.review/);
  });
});
