import { join } from 'node:path';
import type Client from '@great-detail/whatsapp';
import { ids, startRig, type Rig } from '../rig';

// The package offers itself to `import` alone, which these tests, being CommonJS, reach only by its file.
const file = join(process.cwd(), 'node_modules/@great-detail/whatsapp/dist/index.js');
const library = jest.requireActual<typeof import('@great-detail/whatsapp')>(file);

describe('@great-detail/whatsapp against the simulator', () => {
  let rig: Rig;
  let client: Client;
  beforeAll(async () => {
    rig = await startRig();
    client = new library.default({
      prefixUrl: rig.url,
      graphVersion: 'v24.0',
      request: { headers: { Authorization: 'Bearer simulator-token' } },
    });
  });
  afterAll(() => rig.close());
  const to = '4915112345601';

  it('sends text and templates', async () => {
    const text = await client.message
      .createMessage({ phoneNumberID: ids.phone, to, type: library.MessageType.Text, text: { body: 'Hello' } })
      .json();
    expect(text).toMatchObject({ messages: [{ id: expect.stringMatching(/^wamid\./) }] });
    const parameters = [
      { type: 'text' as const, text: 'Ada' },
      { type: 'text' as const, text: 'A-1' },
    ];
    const template = await client.message
      .createMessage({
        phoneNumberID: ids.phone,
        to,
        type: library.MessageType.Template,
        template: { name: 'order_update', language: { code: 'en_US' }, components: [{ type: 'body', parameters }] },
      })
      .json();
    expect(template).toMatchObject({ contacts: [{ wa_id: to }] });
  });

  it('uploads, describes, downloads and deletes media', async () => {
    const picture = new Blob([Buffer.from('picture')], { type: 'image/png' });
    const { id } = await client.media
      .upload({ phoneNumberID: ids.phone, mimeType: 'image/png', file: picture, filename: 'a.png' })
      .json();
    const described = await client.media.getURL({ mediaID: id }).json();
    expect(described).toMatchObject({ mime_type: 'image/png' });
    // It leaves the token out here, and the second hop wants it.
    const request = { headers: { Authorization: 'Bearer simulator-token' } };
    expect(await client.media.download({ mediaURL: described.url, request }).text()).toBe('picture');
    expect(await client.media.delete({ mediaID: id }).json()).toEqual({ success: true });
  });

  it('marks as read, and lists templates', async () => {
    const wamid = await rig.inbound(to);
    const read = await client.message
      .createStatus({ phoneNumberID: ids.phone, message_id: wamid, status: 'read', typing_indicator: { type: 'text' } })
      .json();
    expect(read).toEqual({ success: true });
    const { data } = await client.template.list(ids.waba, {}).json();
    expect(data.map((one: { name: string }) => one.name)).toContain('order_update');
  });
});
