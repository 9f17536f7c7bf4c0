import { eventually, ids, startRig, wamidOf, type Rig } from '../testing/rig';

describe('the inspector page', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await startRig();
    await rig.subscribe();
  });
  afterEach(() => rig.close());

  const page = async (query = ''): Promise<string> => {
    const answer = await fetch(`${rig.url}/_sim/${query}`);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    return answer.text();
  };
  const unescaped = (text: string): string =>
    text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');

  it('shows accounts, numbers, templates, messages, deliveries, people and faults, escaped', async () => {
    await rig.control('POST', '/faults', { on: 'send', kind: 'delay', delayMs: 1, match: { to: '<b>bold</b>' } });
    const wamid = wamidOf(await rig.sendTemplate('+4915112345601'));
    const name = '<script>alert(1)</script>';
    await rig.control('POST', '/inbound', {
      phoneNumberId: ids.phone,
      from: '+4915112345602',
      name,
      message: { type: 'text', text: { body: name } },
    });
    await eventually(() => expect(rig.receiver.messages()).toHaveLength(1));
    const shown = await page();
    for (const text of ['Demo Business', '+1 555 010 0001', wamid, rig.receiver.url, 'fault-1', 'order_update'])
      expect(shown).toContain(text);
    expect(shown).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(shown).not.toContain(name);
    expect(shown).not.toContain('<b>bold</b>');
  });

  it('shows the messages to one person', async () => {
    const wanted = wamidOf(await rig.sendTemplate('+4915112345601'));
    const other = wamidOf(await rig.sendTemplate('+4915112345602'));
    for (const query of ['?to=4915112345601', '?to=%2B49+151+12345601', '?to=+4915112345601']) {
      const shown = (await page(query)).split('id="deliveries"')[0];
      expect(shown).toContain(wanted);
      expect(shown).not.toContain(other);
    }
    expect(await page('?to=1')).toContain('Nothing was sent to 1.');
  });

  it('has a first call to try, which works as it stands', async () => {
    const call = /<pre>(curl [\s\S]*?)<\/pre>/.exec(await page())?.[1] ?? '';
    const [, url, token, body] = /^curl (\S+) [\s\S]*Bearer (\S+)'[\s\S]*-d '([\s\S]*)'$/.exec(unescaped(call)) ?? [];
    const answer = await fetch(String(url), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: String(body),
    });
    expect(await answer.json()).toMatchObject({ messages: [{ message_status: 'accepted' }] });
  });

  it('has forms for what the control surface takes', async () => {
    const shown = await page();
    const actions = [...shown.matchAll(/data-method="(\w+)" data-action="([^"]+)"/g)].map(([, method, path]) => ({
      method,
      path,
    }));
    expect(actions.length).toBeGreaterThan(5);
    for (const { method, path } of actions) {
      // Without the fields that a person fills in most are refused, but every one is known.
      const answer = await fetch(`${rig.url}${path}`, { method: String(method) });
      expect([200, 400]).toContain(answer.status);
    }
  });
});
