import { defaultSettings } from '../world/settings';
import { eventually, ids, startRig, wamidOf, type Rig } from '../testing/rig';

describe('personas', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
    await rig.subscribe();
  });
  afterAll(() => rig.close());

  const outcomes: [string, string[], number | null][] = [
    ['00', ['sent', 'delivered', 'read'], null],
    ['79', ['sent', 'delivered', 'read'], null],
    ['80', ['sent', 'delivered'], null],
    ['86', ['sent', 'delivered'], null],
    ['87', ['sent'], null],
    ['89', ['sent'], null],
    ['90', ['failed'], 131026],
    ['91', ['failed'], 131049],
    ['92', ['failed'], 131050],
    ['93', ['sent', 'delivered', 'read'], null],
    ['95', ['sent', 'failed'], 131026],
    ['96', ['sent', 'delivered', 'read'], null],
    ['97', ['sent', 'read', 'delivered'], null],
    ['98', ['sent', 'sent', 'delivered', 'delivered', 'read', 'read'], null],
    ['99', ['sent', 'delivered', 'read'], null],
  ];
  it.each(outcomes)('a number that ends with %s gets %j, code %s', async (digits, statuses, code) => {
    const wamid = wamidOf(await rig.sendTemplate(`+491511234${digits}`));
    await eventually(() => expect(rig.receiver.statuses(wamid)).toHaveLength(statuses.length));
    const witnessed = (await rig.control('GET', `/messages?to=%2B491511234${digits}`)).body.data as {
      statuses: { status: string; code?: number }[];
    }[];
    expect(witnessed[0]?.statuses.map((status) => status.status)).toEqual(statuses);
    expect(witnessed[0]?.statuses.find((status) => status.code !== undefined)?.code ?? null).toBe(code);
  });

  it.each([
    ['93', 'Thank you!'],
    ['94', 'STOP'],
  ])('a number that ends with %s answers %j', async (digits, text) => {
    await rig.sendTemplate(`+491512222${digits}`);
    await eventually(() =>
      expect(rig.receiver.messages()).toContainEqual(
        expect.objectContaining({ from: `491512222${digits}`, text: { body: text } }),
      ),
    );
  });

  it('takes a person out of their persona when told to', async () => {
    await rig.control('POST', '/people', { phoneNumberId: ids.phone, user: '+49151333390', persona: '00' });
    const read = wamidOf(await rig.sendTemplate('+49151333390'));
    await eventually(() => expect(rig.receiver.statuses(read).map((status) => status.status)).toContain('read'));
    await rig.control('POST', '/people', { phoneNumberId: ids.phone, user: '+49151333301', failsWith: 130472 });
    const failed = wamidOf(await rig.sendTemplate('+49151333301'));
    await eventually(() =>
      expect(rig.receiver.statuses(failed)).toMatchObject([{ status: 'failed', errors: [{ code: 130472 }] }]),
    );
  });

  it('shows a read message well under two seconds with the default pace', async () => {
    const startedMs = Date.now();
    const normal = await startRig(defaultSettings, { clock: () => startedMs });
    await normal.sendTemplate('+4915112345601');
    await normal.pass(1_000);
    const [message] = (await normal.control('GET', '/messages')).body.data as { statuses: { status: string }[] }[];
    expect(message?.statuses.map(({ status }) => status)).toEqual(['sent', 'delivered', 'read']);
    await normal.close();
  });
});
