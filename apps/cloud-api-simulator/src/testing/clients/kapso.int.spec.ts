import { WhatsAppClient } from '@kapso/whatsapp-cloud-api';
import { normalizeWebhook, verifySignature } from '@kapso/whatsapp-cloud-api/server';
import { eventually, ids, startRig, type Rig } from '../rig';

describe('@kapso/whatsapp-cloud-api against the simulator', () => {
  let rig: Rig;
  let client: WhatsAppClient;
  beforeAll(async () => {
    rig = await startRig();
    await rig.subscribe();
    client = new WhatsAppClient({ accessToken: 'simulator-token', baseUrl: rig.url, graphVersion: 'v24.0' });
  });
  afterAll(() => rig.close());
  const to = '+4915112345601';

  it('sends text, interactive messages and templates', async () => {
    const text = await client.messages.sendText({ phoneNumberId: ids.phone, to, body: 'Hello' });
    expect(text.messages[0]?.id).toMatch(/^wamid\./);
    const template = await client.messages.sendTemplate({
      phoneNumberId: ids.phone,
      to,
      template: {
        name: 'order_update',
        language: { code: 'en_US' },
        components: [
          {
            type: 'body',
            parameters: [
              { type: 'text', text: 'Ada' },
              { type: 'text', text: 'A-1' },
            ],
          },
        ],
      },
    });
    expect(template.contacts[0]).toMatchObject({ wa_id: '4915112345601' });
    const buttons = await client.messages.sendInteractiveButtons({
      phoneNumberId: ids.phone,
      to,
      bodyText: 'Well?',
      buttons: [
        { id: 'yes', title: 'Yes' },
        { id: 'no', title: 'No' },
      ],
    });
    expect(buttons.messages).toHaveLength(1);
  });

  it('understands a refusal', async () => {
    const sending = client.messages.sendTemplate({
      phoneNumberId: ids.phone,
      to,
      template: { name: 'nothing', language: { code: 'en_US' } },
    });
    await expect(sending).rejects.toMatchObject({ code: 132001 });
  });

  it('uploads, describes, downloads, sends and deletes media', async () => {
    const file = new Blob([Buffer.from('picture')], { type: 'image/png' });
    const { id } = await client.media.upload({ phoneNumberId: ids.phone, type: 'image/png', file, fileName: 'a.png' });
    expect(await client.media.get({ mediaId: id })).toMatchObject({ mime_type: 'image/png' });
    expect(Buffer.from((await client.media.download({ mediaId: id, auth: 'always' })) as ArrayBuffer).toString()).toBe(
      'picture',
    );
    await client.messages.sendImage({ phoneNumberId: ids.phone, to, image: { id } });
    expect(await client.media.delete({ mediaId: id })).toEqual({ success: true });
  });

  it('creates, lists and deletes a template', async () => {
    const created = await client.templates.create({
      businessAccountId: ids.waba,
      name: 'kapso_note',
      language: 'en_US',
      category: 'UTILITY',
      components: [{ type: 'BODY', text: 'Your parcel is here.' }],
    });
    expect(created).toMatchObject({ status: 'PENDING' });
    const { data } = await client.templates.list({ businessAccountId: ids.waba, name: 'kapso_note' });
    expect(data).toMatchObject([{ name: 'kapso_note' }]);
    expect(await client.templates.delete({ businessAccountId: ids.waba, name: 'kapso_note' })).toMatchObject({
      success: true,
    });
  });

  it('marks as read, and reads the webhooks with their signature', async () => {
    const wamid = await rig.inbound(to, { type: 'text', text: { body: 'Größe?' } });
    expect(await client.messages.markRead({ phoneNumberId: ids.phone, messageId: wamid })).toEqual({ success: true });
    await eventually(() => expect(rig.receiver.messages()).toContainEqual(expect.objectContaining({ id: wamid })));
    await eventually(() => expect(rig.receiver.statuses().length).toBeGreaterThan(0));
    const read = rig.receiver.posts.map((post) => {
      expect(
        verifySignature({
          appSecret: ids.secret,
          rawBody: post.body,
          signatureHeader: String(post.headers['x-hub-signature-256']),
        }),
      ).toBe(true);
      return normalizeWebhook(JSON.parse(post.body));
    });
    expect(read.flatMap((one) => one.messages)).toContainEqual(
      expect.objectContaining({ id: wamid, text: { body: 'Größe?' } }),
    );
    expect(read.flatMap((one) => one.statuses)).toContainEqual(expect.objectContaining({ status: 'failed' }));
  });
});
