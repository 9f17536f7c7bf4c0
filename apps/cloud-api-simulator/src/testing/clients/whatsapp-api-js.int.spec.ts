import { WhatsAppAPI } from 'whatsapp-api-js';
import { BodyComponent, BodyParameter, Image, Template, Text } from 'whatsapp-api-js/messages';
import { eventually, ids, startRig, type Rig } from '../rig';

describe('whatsapp-api-js against the simulator', () => {
  let rig: Rig;
  let client: WhatsAppAPI;
  beforeAll(async () => {
    rig = await startRig();
    // It knows no other address than Meta's, so its fetch is led to the simulator.
    const led = (url: string | URL | Request, init?: RequestInit): Promise<Response> =>
      fetch(String(url).replace('https://graph.facebook.com', rig.url), init);
    client = new WhatsAppAPI({
      token: 'simulator-token',
      appSecret: ids.secret,
      webhookVerifyToken: 'correct',
      v: 'v24.0',
      ponyfill: { fetch: led as typeof fetch },
    });
  });
  afterAll(() => rig.close());
  const to = '4915112345601';

  it('sends text and templates', async () => {
    const text = await client.sendMessage(ids.phone, to, new Text('Hello'));
    expect(text).toMatchObject({
      messaging_product: 'whatsapp',
      messages: [{ id: expect.stringMatching(/^wamid\./) }],
    });
    const template = new Template(
      'order_update',
      'en_US',
      new BodyComponent(new BodyParameter('Ada'), new BodyParameter('A-1')),
    );
    expect(await client.sendMessage(ids.phone, to, template)).toMatchObject({ contacts: [{ wa_id: to }] });
  });

  it('uploads, describes, fetches, sends and deletes media', async () => {
    const form = new FormData();
    form.set('file', new Blob([Buffer.from('picture')], { type: 'image/png' }), 'a.png');
    const uploaded = await client.uploadMedia(ids.phone, form);
    const id = 'id' in uploaded ? uploaded.id : '';
    const described = await client.retrieveMedia(id);
    expect(described).toMatchObject({ mime_type: 'image/png', id });
    const fetched = await client.fetchMedia('url' in described ? described.url : '');
    expect(await fetched.text()).toBe('picture');
    expect(await client.sendMessage(ids.phone, to, new Image(id, true, 'Look'))).toHaveProperty('messages');
    expect(await client.deleteMedia(id)).toEqual({ success: true });
  });

  it('marks as read, and reads the webhooks with their signature', async () => {
    // This library reads only the first update of a POST, so nothing older may travel along.
    await rig.pass(10_000);
    await rig.subscribe();
    const wamid = await rig.inbound(to, { type: 'text', text: { body: 'Größe?' } });
    expect(await client.markAsRead(ids.phone, wamid, 'text')).toEqual({ success: true });
    await eventually(() => expect(rig.receiver.messages()).toContainEqual(expect.objectContaining({ id: wamid })));
    const messages: unknown[] = [];
    const statuses: unknown[] = [];
    client.on.message = ({ from, message }) => void messages.push({ from, message });
    client.on.status = ({ status, id }) => void statuses.push({ status, id });
    const post = rig.receiver.posts.find((one) => one.body.includes(wamid));
    await client.post(JSON.parse(post?.body ?? ''), post?.body ?? '', String(post?.headers['x-hub-signature-256']));
    expect(messages).toMatchObject([{ from: to, message: { id: wamid, text: { body: 'Größe?' } } }]);

    const sent = await client.sendMessage(ids.phone, to, new Text('Hello'));
    const id = 'messages' in sent ? sent.messages[0].id : '';
    const reported = await eventually(
      () => rig.receiver.posts.find((one) => one.body.includes(id)) ?? Promise.reject(new Error('nothing yet')),
    );
    await client.post(JSON.parse(reported.body), reported.body, String(reported.headers['x-hub-signature-256']));
    expect(statuses).toMatchObject([{ id }]);
    await expect(
      client.post(JSON.parse(reported.body), `${reported.body} `, String(reported.headers['x-hub-signature-256'])),
    ).rejects.toThrow();
  });

  it('blocks and unblocks a user', async () => {
    expect(await client.blockUser(ids.phone, to)).toMatchObject({ block_users: { added_users: [{ wa_id: to }] } });
    expect(await client.unblockUser(ids.phone, to)).toMatchObject({ block_users: { removed_users: [{ wa_id: to }] } });
  });
});
