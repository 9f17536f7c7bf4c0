import { startRig, type Rig } from '../testing/rig';

describe('every type of message', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig({ mediaLinks: 'never', enforcePairRate: false });
  });
  afterAll(() => rig.close());

  const link = 'https://a.example/file';
  const body = { text: 'Well?' };
  const interactive = (
    type: string,
    action: unknown,
    more: Record<string, unknown> = {},
  ): [string, Record<string, unknown>] => [
    `interactive ${type}`,
    { type: 'interactive', interactive: { type, body, action, ...more } },
  ];
  const card = (index: number): Record<string, unknown> => ({
    card_index: index,
    type: 'cta_url',
    header: { type: 'image', image: { link } },
    body: { text: 'Card' },
    action: { name: 'cta_url', parameters: { display_text: 'Open', url: link } },
  });
  const row = (id: string): Record<string, unknown> => ({ id, title: `Row ${id}` });

  it.each<[string, Record<string, unknown>]>([
    ['text', { type: 'text', text: { body: 'Hello', preview_url: true } }],
    ['image', { type: 'image', image: { link, caption: 'Look' } }],
    ['voice note', { type: 'audio', audio: { link, voice: true } }],
    ['video', { type: 'video', video: { link } }],
    ['document', { type: 'document', document: { link, filename: 'a.pdf' } }],
    ['sticker', { type: 'sticker', sticker: { link } }],
    ['location', { type: 'location', location: { latitude: '52.5', longitude: 13.4, name: 'Here' } }],
    [
      'contacts',
      {
        type: 'contacts',
        contacts: [{ name: { formatted_name: 'Ada L', first_name: 'Ada' }, phones: [{ phone: '+49 1' }] }],
      },
    ],
    ['reaction', { type: 'reaction', reaction: { message_id: 'wamid.abc', emoji: '👍🏽' } }],
    ['no reaction any more', { type: 'reaction', reaction: { message_id: 'wamid.abc', emoji: '' } }],
    interactive(
      'button',
      { buttons: [{ type: 'reply', reply: { id: 'a', title: 'A' } }] },
      { header: { type: 'image', image: { link } }, footer: { text: 'f' } },
    ),
    interactive('list', {
      button: 'Choose',
      sections: [
        { title: 'One', rows: [row('1')] },
        { title: 'Two', rows: [row('2')] },
      ],
    }),
    interactive('cta_url', { name: 'cta_url', parameters: { display_text: 'Open', url: link } }),
    interactive('flow', { name: 'flow', parameters: { flow_message_version: '3', flow_id: '1', flow_cta: 'Book' } }),
    interactive('product', { catalog_id: '1', product_retailer_id: '2' }),
    interactive(
      'product_list',
      { catalog_id: '1', sections: [{ title: 'S', product_items: [{ product_retailer_id: '2' }] }] },
      { header: { type: 'text', text: 'H' } },
    ),
    interactive('catalog_message', { name: 'catalog_message' }),
    interactive('location_request_message', { name: 'send_location' }),
    interactive('voice_call', { name: 'voice_call', parameters: { display_text: 'Call' } }),
    interactive('call_permission_request', { name: 'call_permission_request' }),
    interactive('request_contact_info', { name: 'request_contact_info' }),
    interactive('carousel', { cards: [card(0), card(1)] }),
  ])('accepts a %s', async (_name, message) => {
    expect(await rig.send({ to: '4915112345601', ...message })).toMatchObject({ status: 200 });
  });

  it.each<[string, Record<string, unknown>, number]>([
    [
      'four buttons',
      interactive('button', {
        buttons: [1, 2, 3, 4].map((n) => ({ type: 'reply', reply: { id: `${n}`, title: `${n}` } })),
      })[1],
      131009,
    ],
    [
      'a button title over 20 characters',
      interactive('button', { buttons: [{ type: 'reply', reply: { id: 'a', title: 'x'.repeat(21) } }] })[1],
      131009,
    ],
    [
      'two buttons of one title',
      interactive('button', { buttons: ['a', 'b'].map((id) => ({ type: 'reply', reply: { id, title: 'Same' } })) })[1],
      131009,
    ],
    [
      'eleven rows',
      interactive('list', {
        button: 'Choose',
        sections: [
          { title: 'A', rows: [1, 2, 3, 4, 5, 6].map((n) => row(`a${n}`)) },
          { title: 'B', rows: [1, 2, 3, 4, 5].map((n) => row(`b${n}`)) },
        ],
      })[1],
      131009,
    ],
    [
      'sections without titles',
      interactive('list', { button: 'Choose', sections: [{ rows: [row('1')] }, { rows: [row('2')] }] })[1],
      131008,
    ],
    [
      'an image header on a list',
      interactive(
        'list',
        { button: 'Choose', sections: [{ rows: [row('1')] }] },
        { header: { type: 'image', image: { link } } },
      )[1],
      100,
    ],
    [
      'a body over 1024 characters',
      interactive('location_request_message', { name: 'send_location' }, { body: { text: 'x'.repeat(1025) } })[1],
      100,
    ],
    ['no action', interactive('button', undefined)[1], 131008],
    ['a carousel of one card', interactive('carousel', { cards: [card(0)] })[1], 131009],
    ['an unknown interactive type', interactive('quiz', {})[1], 100],
    ['an audio with a caption', { type: 'audio', audio: { link, caption: 'x' } }, 100],
    ['a Direct Send category', { type: 'text', text: { body: 'x' }, category: 'utility' }, 100],
  ])('refuses %s', async (_name, message, code) => {
    expect((await rig.send({ to: '4915112345601', ...message })).error.code).toBe(code);
  });

  it('answers a body that is no JSON, and one that is no object, in the error envelope', async () => {
    const post = async (body: string): Promise<unknown> => {
      const response = await fetch(`${rig.url}/v24.0/3000000000000001/messages`, {
        method: 'POST',
        headers: { authorization: 'Bearer simulator-token', 'content-type': 'application/json' },
        body,
      });
      return { status: response.status, body: await response.json() };
    };
    for (const body of ['{', '[]', '"text"'])
      expect(await post(body)).toMatchObject({
        status: 400,
        body: { error: { code: 100, fbtrace_id: expect.any(String) } },
      });
  });
});
