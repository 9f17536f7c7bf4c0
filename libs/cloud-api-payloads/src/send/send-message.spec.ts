import { parseSendMessage } from './send-message';

const envelope = { messaging_product: 'whatsapp', to: '+15550100100' };
const problemsOf = (message: object) => {
  const parsed = parseSendMessage({ ...envelope, ...message });
  return parsed.ok ? [] : parsed.problems.map(({ path, message: text }) => `${path}: ${text}`);
};
const interactive = (type: string, action: object, rest: object = {}) => ({
  type: 'interactive',
  interactive: { type, body: { text: 'Choose' }, action, ...rest },
});
const reply = (id: string, title = id) => ({ type: 'reply', reply: { id, title } });
const row = (id: string) => ({ id, title: id });
const rows = (count: number, from = 0) => Array.from({ length: count }, (_, index) => row(`r${from + index}`));
const card = (index: number, more: object = {}) => ({
  card_index: index,
  type: 'cta_url',
  header: { type: 'image', image: { link: 'https://example.com/a.png' } },
  body: { text: 'One' },
  action: { name: 'cta_url', parameters: { display_text: 'See', url: 'https://example.com' } },
  ...more,
});
const product = (id: string) => ({ product_retailer_id: id });
const name = { formatted_name: 'Ann Lee', first_name: 'Ann' };

describe('a message that Meta takes', () => {
  it.each([
    ['text without a type, as old clients send', { text: { body: 'hi' } }],
    ['a text of 4096 characters, counted as people do', { type: 'text', text: { body: '😀'.repeat(4096) } }],
    ['a voice note', { type: 'audio', audio: { id: '1', voice: true } }],
    ['a document by link', { type: 'document', document: { link: 'https://example.com/a.pdf', filename: 'a.pdf' } }],
    ['a location with coordinates as text', { type: 'location', location: { latitude: '37.4', longitude: '-122.1' } }],
    ['a reaction taken back', { type: 'reaction', reaction: { message_id: 'wamid.a', emoji: '' } }],
    ['contacts', { type: 'contacts', contacts: [{ name }] }],
    ['a send to a user id', { to: undefined, recipient: 'US.1', type: 'text', text: { body: 'hi' } }],
    ['reply buttons', interactive('button', { buttons: [reply('a'), reply('b'), reply('c')] })],
    [
      'a list in sections',
      interactive('list', {
        button: 'See',
        sections: [
          { title: 'A', rows: rows(5) },
          { title: 'B', rows: rows(5, 5) },
        ],
      }),
    ],
    ['a carousel', interactive('carousel', { cards: [card(0), card(1)] })],
    ['a location request', interactive('location_request_message', { name: 'send_location' })],
    ['a call button', interactive('voice_call', { name: 'voice_call', parameters: { ttl_minutes: 10_080 } })],
    ['a request for contact info', interactive('request_contact_info', { name: 'request_contact_info' })],
    ['a payment', interactive('order_details', { name: 'review_and_pay', parameters: { currency: 'INR' } })],
    [
      'a template whose types are in upper case',
      {
        type: 'template',
        template: {
          name: 'a',
          language: { code: 'en' },
          components: [{ type: 'BODY', parameters: [{ type: 'text', text: '1' }] }],
        },
      },
    ],
  ])('is %s', (_, message) => {
    expect(problemsOf(message)).toEqual([]);
  });
});

describe('a message that breaks a limit', () => {
  const long = (count: number) => 'x'.repeat(count);
  it.each<[string, object, string]>([
    [
      'no recipient',
      { to: undefined, type: 'text', text: { body: 'a' } },
      'to: needs a recipient: to (phone or group) or recipient (user id)',
    ],
    ['text over 4096', { type: 'text', text: { body: long(4097) } }, 'text.body: must be at most 4096 characters'],
    [
      'a misspelt member',
      { type: 'text', text: { body: 'a', preveiw_url: true } },
      'text: Unrecognized key: "preveiw_url"',
    ],
    [
      'id and link both',
      { type: 'image', image: { id: '1', link: 'https://a.example' } },
      'image: needs exactly one of id and link',
    ],
    ['neither id nor link', { type: 'sticker', sticker: {} }, 'sticker: needs exactly one of id and link'],
    [
      'a caption over 1024',
      { type: 'video', video: { id: '1', caption: long(1025) } },
      'video.caption: must be at most 1024 characters',
    ],
    [
      'a link that is no web address',
      { type: 'image', image: { link: 'file:///etc/passwd' } },
      'image.link: must be an http or https address',
    ],
    [
      'callback data over 512',
      { type: 'text', text: { body: 'a' }, biz_opaque_callback_data: long(513) },
      'biz_opaque_callback_data: must be at most 512 characters',
    ],
    [
      '258 contacts',
      { type: 'contacts', contacts: Array.from({ length: 258 }, () => ({ name })) },
      'contacts: must have at most 257 items',
    ],
    [
      'a name of one part',
      { type: 'contacts', contacts: [{ name: { formatted_name: 'A' } }] },
      'contacts[0].name: needs one more part of the name beside formatted_name',
    ],
    [
      'four buttons',
      interactive('button', { buttons: ['a', 'b', 'c', 'd'].map((id) => reply(id)) }),
      'interactive.action.buttons: must have at most 3 items',
    ],
    [
      'a title over 20',
      interactive('button', { buttons: [reply('a', long(21))] }),
      'interactive.action.buttons[0].reply.title: must be at most 20 characters',
    ],
    [
      'titles alike',
      interactive('button', { buttons: [reply('a', 'x'), reply('b', 'x')] }),
      'interactive.action.buttons: titles must differ from each other',
    ],
    [
      'eleven rows',
      interactive('list', {
        button: 'See',
        sections: [
          { title: 'A', rows: rows(6) },
          { title: 'B', rows: rows(5, 6) },
        ],
      }),
      'interactive.action.sections: must have at most 10 rows in all sections together',
    ],
    [
      'sections without titles',
      interactive('list', { button: 'See', sections: [{ rows: rows(1) }, { rows: rows(1, 1) }] }),
      'interactive.action.sections: needs a title on every section when there are several',
    ],
    [
      'a list header of a picture',
      interactive(
        'list',
        { button: 'See', sections: [{ rows: rows(1) }] },
        { header: { type: 'image', image: { id: '1' } } },
      ),
      'interactive.header.type: Invalid input: expected "text"',
    ],
    [
      '31 products',
      interactive(
        'product_list',
        {
          catalog_id: '1',
          sections: [{ product_items: Array.from({ length: 31 }, (_, index) => product(`p${index}`)) }],
        },
        { header: { type: 'text', text: 'h' } },
      ),
      'interactive.action.sections[0].product_items: must have at most 30 items',
    ],
    [
      'a flow by id and name',
      interactive('flow', { name: 'flow', parameters: { flow_id: '1', flow_name: 'a', flow_cta: 'Go' } }),
      'interactive.action.parameters: needs exactly one of flow_id and flow_name',
    ],
    ['one card', interactive('carousel', { cards: [card(0)] }), 'interactive.action.cards: must have at least 2 items'],
    [
      'cards that differ',
      interactive('carousel', {
        cards: [
          card(0),
          card(1, { action: { buttons: [{ type: 'quick_reply', quick_reply: { id: 'a', title: 'A' } }] } }),
        ],
      }),
      'interactive.action.cards: cards must have the same kind and the same buttons',
    ],
    [
      'a card body of four lines',
      interactive('carousel', { cards: [card(0, { body: { text: 'a\nb\nc\nd' } }), card(1)] }),
      'interactive.action.cards[0].body.text: must have at most 2 line breaks',
    ],
    [
      'a call button of two months',
      interactive('voice_call', { name: 'voice_call', parameters: { ttl_minutes: 86_400 } }),
      'interactive.action.parameters.ttl_minutes: Too big: expected number to be <=43200',
    ],
    [
      'a latitude beyond the pole',
      { type: 'location', location: { latitude: 91, longitude: 0 } },
      'location.latitude: must be between -90 and 90',
    ],
    [
      'a number where a text or digits stand',
      { type: 'image', image: { id: 1.5 } },
      'image.id: Invalid input: expected string, received number, or: Invalid input: expected int, received number',
    ],
    [
      'content of another type',
      { type: 'image', text: { body: 'a' } },
      'image: Invalid input: expected object, received undefined',
    ],
  ])('is refused with its path: %s', (_, message, problem) => {
    expect(problemsOf(message)).toContain(problem);
  });
});

describe('a Direct Send message', () => {
  const direct = (members: object) => problemsOf({ category: 'utility', ...members });
  const said = { type: 'text', text: { body: 'Your order is here.' } };
  const link = { type: 'cta_url', cta_url: { display_text: 'See', url: 'https://a.example' } };
  const withButtons = (...buttons: object[]) => interactive('button', { buttons });

  it.each<[string, object]>([
    ['a text', said],
    [
      'a text with a name and a life',
      { ...said, direct_send_config: { template_name: 'order_1' }, ttl_seconds: 43_200 },
    ],
    ['links before replies', withButtons(link, reply('a'), reply('b'), reply('c'), reply('d'))],
  ])('is %s', (_, members) => {
    expect(direct(members)).toEqual([]);
  });

  it.each<[string, object, string]>([
    [
      'a marketing category',
      { ...said, category: 'marketing' },
      'category: Invalid option: expected one of "utility"|"authentication"',
    ],
    ['a preview', { ...said, text: { body: 'a', preview_url: true } }, 'text: Unrecognized key: "preview_url"'],
    [
      'a code to a user id',
      { ...said, category: 'authentication', to: undefined, recipient: 'US.1' },
      'to: an authentication message cannot go to a user id',
    ],
    [
      'a code that lives for an hour',
      { ...said, category: 'authentication', ttl_seconds: 3_600 },
      'ttl_seconds: must be at most 900 for authentication',
    ],
    [
      'links after replies',
      withButtons(reply('a'), link),
      'interactive.action.buttons: links must come before replies',
    ],
  ])('is refused with its path: %s', (_, members, problem) => {
    expect(direct(members)).toContain(problem);
  });
});
