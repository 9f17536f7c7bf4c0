import { eventually, ids, startRig, wamidOf, type Rig } from '../testing/rig';

describe('faults', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await startRig();
    await rig.subscribe();
  });
  afterEach(() => rig.close());

  const body = (to: string): string =>
    JSON.stringify({ messaging_product: 'whatsapp', to, type: 'text', text: { body: 'Hello' } });
  /** A send that its caller gives up once the fault has struck. */
  const rawSend = async (to: string): Promise<Response> => {
    const gaveUp = new AbortController();
    const sending = fetch(`${rig.url}/v24.0/${ids.phone}/messages`, {
      method: 'POST',
      headers: { authorization: 'Bearer simulator-token', 'content-type': 'application/json' },
      body: body(to),
      signal: gaveUp.signal,
    });
    const struck = eventually(async () => {
      expect((await rig.control('GET', '/faults')).body.data).toMatchObject([{ hits: 1 }]);
    }).finally(() => gaveUp.abort());
    const [answer] = await Promise.allSettled([sending, struck]);
    if (answer.status === 'rejected') throw answer.reason;
    return answer.value;
  };
  const accepted = async (to: string): Promise<number> =>
    ((await rig.control('GET', `/messages?to=${to}`)).body.data as unknown[]).length;

  it('answers with the error that was set, on what matches, until it is taken away', async () => {
    await rig.control('POST', '/faults', { on: 'send', kind: 'error', code: 131016, match: { to: '*02' } });
    expect((await rig.sendTemplate('+4915112345601')).status).toBe(200);
    expect(await rig.sendTemplate('+4915112345602')).toMatchObject({ status: 500, error: { code: 131016 } });
    expect(await accepted('4915112345602')).toBe(0);
    await rig.control('DELETE', '/faults');
    expect((await rig.sendTemplate('+4915112345602')).status).toBe(200);
  });

  it('comes up at its rate, and stops after so many times', async () => {
    await rig.control('POST', '/faults', { on: 'send', kind: 'error', code: 2, rate: 0.5 });
    const statuses = [];
    for (let i = 0; i < 60; i += 1) statuses.push((await rig.sendTemplate(`+49151123456${10 + i}`)).status);
    const failed = statuses.filter((status) => status === 503).length;
    expect(failed).toBeGreaterThan(15);
    expect(failed).toBeLessThan(45);
    await rig.control('DELETE', '/faults');
    await rig.control('POST', '/faults', { on: 'send', kind: 'error', code: 2, times: 1 });
    expect((await rig.sendTemplate('+4915112345601')).status).toBe(503);
    expect((await rig.sendTemplate('+4915112345601')).status).toBe(200);
  });

  it('stays silent: with nothing accepted, or after accepting', async () => {
    await rig.inbound('+4915112345601');
    await rig.control('POST', '/faults', { on: 'send', kind: 'timeout' });
    await expect(rawSend('4915112345601')).rejects.toThrow();
    expect(await accepted('4915112345601')).toBe(0);
    await rig.control('DELETE', '/faults');
    await rig.control('POST', '/faults', { on: 'send', kind: 'timeout-after-accept' });
    await expect(rawSend('4915112345601')).rejects.toThrow();
    expect(await accepted('4915112345601')).toBe(1);
    await eventually(() => expect(rig.receiver.statuses()).toHaveLength(3));
  });

  it('tears the connection down without accepting', async () => {
    await rig.control('POST', '/faults', { on: 'send', kind: 'reset' });
    await expect(rawSend('4915112345601')).rejects.toThrow();
    expect(await accepted('4915112345601')).toBe(0);
  });

  it('answers late', async () => {
    await rig.control('POST', '/faults', { on: 'send', kind: 'delay', delayMs: 150 });
    const started = Date.now();
    expect((await rig.sendTemplate('+4915112345601')).status).toBe(200);
    expect(Date.now() - started).toBeGreaterThanOrEqual(140);
  });

  it('drops, duplicates and delays webhooks that match', async () => {
    await rig.control('POST', '/faults', { on: 'webhook', kind: 'drop', match: { status: 'delivered' } });
    await rig.control('POST', '/faults', { on: 'webhook', kind: 'duplicate', match: { status: 'read' } });
    const wamid = wamidOf(await rig.sendTemplate('+4915112345601'));
    await eventually(() =>
      expect(
        rig.receiver
          .statuses(wamid)
          .map((status) => status.status)
          .sort(),
      ).toEqual(['read', 'read', 'sent']),
    );
    await rig.control('DELETE', '/faults');
    await rig.control('POST', '/faults', {
      on: 'webhook',
      kind: 'delay',
      delayMs: 3_600_000,
      match: { status: 'read' },
    });
    const late = wamidOf(await rig.sendTemplate('+4915112345601'));
    await eventually(() => expect(rig.receiver.statuses(late)).toHaveLength(2));
    await rig.pass(3_700_000);
    await eventually(() => expect(rig.receiver.statuses(late)).toHaveLength(3));
  });

  it('reorders webhooks', async () => {
    await rig.control('POST', '/faults', {
      on: 'webhook',
      kind: 'reorder',
      delayMs: 300,
      match: { field: 'messages' },
    });
    const wamids: string[] = [];
    for (let i = 0; i < 10; i += 1) wamids.push(wamidOf(await rig.sendTemplate(`+49151123456${10 + i}`)));
    await eventually(() => expect(rig.receiver.statuses()).toHaveLength(30));
    const orders = wamids.map((wamid) => rig.receiver.statuses(wamid).map((status) => status.status));
    expect(orders.filter((order) => order.join() !== 'sent,delivered,read')).not.toEqual([]);
  });

  it('posts again what was answered with 200 when the answer is to be lost', async () => {
    await rig.control('POST', '/faults', { on: 'webhook', kind: 'error', times: 1 });
    await rig.inbound('+4915112345601');
    await eventually(() => expect(rig.receiver.posts).toHaveLength(2));
    expect(rig.receiver.posts[0]?.body).toBe(rig.receiver.posts[1]?.body);
  });

  it('posts more than Meta ever would, or with a wrong signature', async () => {
    await rig.control('POST', '/faults', { on: 'webhook', kind: 'oversize', times: 1 });
    await rig.inbound('+4915112345601');
    await eventually(() => expect(rig.receiver.posts[0]?.body.length).toBeGreaterThan(4_000_000));
    await rig.control('POST', '/faults', { on: 'webhook', kind: 'forge', times: 1 });
    await rig.inbound('+4915112345602');
    await eventually(() =>
      expect(rig.receiver.posts[1]?.headers['x-hub-signature-256']).toBe(`sha256=${'0'.repeat(64)}`),
    );
  });

  it('says what is wrong with a fault', async () => {
    expect(await rig.control('POST', '/faults', { on: 'send', kind: 'explode' })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('kind') },
    });
    expect((await rig.control('DELETE', '/faults?id=nothing')).status).toBe(404);
  });
});
