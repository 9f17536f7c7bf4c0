import { limits } from '../limits';
import { parseWith } from '../problems';
import { mediaFileProblem, mediaKindOf } from './media-file';
import { ProfileChange } from './profile-change';
import { parseSendMessage } from './send-message';

const x = (count: number): string => '字'.repeat(count);
const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
const link = 'https://shop.example/a';
const body = { text: 'Well?' };
const interactive = (type: string, action: object, more: object = {}) => ({
  type: 'interactive',
  interactive: { type, body, action, ...more },
});
const reply = (id: string, title = id) => ({ type: 'reply', reply: { id, title } });
const buttons = (...list: object[]) => interactive('button', { buttons: list });
const row = (id: string, more: object = {}) => ({ id, title: id.slice(0, 3), ...more });
const rowList = (sections: object[], more: object = {}, button = 'See') =>
  interactive('list', { button, sections }, more);
const products = (sections: object[], more: object = {}) =>
  interactive('product_list', { catalog_id: '1', sections }, { header: { type: 'text', text: 'H' }, ...more });
const product = (id: number) => ({ product_retailer_id: `p${id}` });
const ctaUrl = (display_text: string) => ({ name: 'cta_url', parameters: { display_text, url: link } });
const card = (index: number, action: object = ctaUrl('See'), text = 'One') => ({
  card_index: index,
  header: { type: 'image', image: { link } },
  body: { text },
  action,
});
const carousel = (cards: object[], more: object = {}) => interactive('carousel', { cards }, more);
const twoCards = (action: object, text?: string) => carousel([card(0, action, text), card(1, action, text)]);
const quickReply = (id: string, title: string) => ({ type: 'quick_reply', quick_reply: { id, title } });
const call = (parameters: object) => interactive('voice_call', { name: 'voice_call', parameters });
const name = { formatted_name: 'Ann Lee', first_name: 'Ann' };
const direct = (message: object) => ({ category: 'utility', ...message });
const template = (parameters: object) => ({
  type: 'template',
  template: {
    name: 'a',
    language: { code: 'en' },
    components: [{ type: 'button', sub_type: 'copy_code', index: 0, parameters: [parameters] }],
  },
});

const { replyButtons, list, products: most, carousel: cards, interactive: parts } = limits;

/** A message with so many of what is limited, and where the problem stands when it is one too many. */
const limited: [string, number, (count: number) => object, string][] = [
  ['characters of text', limits.textBody, (n) => ({ type: 'text', text: { body: x(n) } }), 'text.body'],
  ...(['image', 'video', 'document'] as const).map((type): [string, number, (n: number) => object, string] => [
    `characters of the caption of ${type}`,
    limits.caption,
    (n) => ({ type, [type]: { link, caption: x(n) } }),
    `${type}.caption`,
  ]),
  ['contacts', limits.contacts, (n) => ({ type: 'contacts', contacts: many(n, () => ({ name })) }), 'contacts'],
  [
    'characters of callback data',
    limits.callbackData,
    (n) => ({ type: 'text', text: { body: 'a' }, biz_opaque_callback_data: x(n) }),
    'biz_opaque_callback_data',
  ],
  [
    'reply buttons',
    replyButtons.count,
    (n) => buttons(...many(n, (at) => reply(`b${at}`))),
    'interactive.action.buttons',
  ],
  [
    "characters of a button's id",
    replyButtons.id,
    (n) => buttons(reply(x(n), 'a')),
    'interactive.action.buttons[0].reply.id',
  ],
  [
    "characters of a button's title",
    replyButtons.title,
    (n) => buttons(reply('a', x(n))),
    'interactive.action.buttons[0].reply.title',
  ],
  [
    'characters of an interactive body',
    parts.body,
    (n) => interactive('button', { buttons: [reply('a')] }, { body: { text: x(n) } }),
    'interactive.body.text',
  ],
  [
    'characters of an interactive header',
    parts.header,
    (n) => interactive('button', { buttons: [reply('a')] }, { header: { type: 'text', text: x(n) } }),
    'interactive.header.text',
  ],
  [
    'characters of an interactive footer',
    parts.footer,
    (n) => interactive('button', { buttons: [reply('a')] }, { footer: { text: x(n) } }),
    'interactive.footer.text',
  ],
  [
    "characters of a list's body",
    parts.listBody,
    (n) => rowList([{ rows: [row('a')] }], { body: { text: x(n) } }),
    'interactive.body.text',
  ],
  [
    "characters of a list's header",
    parts.header,
    (n) => rowList([{ rows: [row('a')] }], { header: { type: 'text', text: x(n) } }),
    'interactive.header.text',
  ],
  [
    "characters of a list's footer",
    parts.footer,
    (n) => rowList([{ rows: [row('a')] }], { footer: { text: x(n) } }),
    'interactive.footer.text',
  ],
  [
    "characters of a list's button",
    list.button,
    (n) => rowList([{ rows: [row('a')] }], {}, x(n)),
    'interactive.action.button',
  ],
  [
    'sections of a list',
    list.sections,
    (n) => rowList(many(n, (at) => ({ title: `s${at}`, rows: [row(`r${at}`)] }))),
    'interactive.action.sections',
  ],
  [
    'rows of a list in all sections',
    list.rows,
    (n) =>
      rowList([
        { title: 'a', rows: [row('r')] },
        { title: 'b', rows: many(n - 1, (at) => row(`r${at}`)) },
      ]),
    'interactive.action.sections',
  ],
  [
    "characters of a section's title",
    list.sectionTitle,
    (n) => rowList([{ title: x(n), rows: [row('a')] }]),
    'interactive.action.sections[0].title',
  ],
  [
    "characters of a row's id",
    list.rowId,
    (n) => rowList([{ rows: [row(x(n))] }]),
    'interactive.action.sections[0].rows[0].id',
  ],
  [
    "characters of a row's title",
    list.rowTitle,
    (n) => rowList([{ rows: [row('a', { title: x(n) })] }]),
    'interactive.action.sections[0].rows[0].title',
  ],
  [
    "characters of a row's description",
    list.rowDescription,
    (n) => rowList([{ rows: [row('a', { description: x(n) })] }]),
    'interactive.action.sections[0].rows[0].description',
  ],
  [
    "characters of a link's text",
    limits.ctaDisplayText,
    (n) => interactive('cta_url', ctaUrl(x(n))),
    'interactive.action.parameters.display_text',
  ],
  [
    "characters of a link message's body",
    parts.body,
    (n) => interactive('cta_url', ctaUrl('See'), { body: { text: x(n) } }),
    'interactive.body.text',
  ],
  [
    "characters of a flow's call to action",
    limits.flowCta,
    (n) =>
      interactive('flow', { name: 'flow', parameters: { flow_message_version: '3', flow_id: '1', flow_cta: x(n) } }),
    'interactive.action.parameters.flow_cta',
  ],
  [
    'sections of products',
    most.sections,
    (n) => products(many(n, (at) => ({ title: `s${at}`, product_items: [product(at)] }))),
    'interactive.action.sections',
  ],
  [
    'products in all sections',
    most.products,
    (n) =>
      products([
        { title: 'a', product_items: [product(0)] },
        { title: 'b', product_items: many(n - 1, product) },
      ]),
    'interactive.action.sections',
  ],
  [
    "characters of a product section's title",
    most.sectionTitle,
    (n) => products([{ title: x(n), product_items: [product(0)] }]),
    'interactive.action.sections[0].title',
  ],
  [
    "characters of a product list's header",
    parts.header,
    (n) => products([{ product_items: [product(0)] }], { header: { type: 'text', text: x(n) } }),
    'interactive.header.text',
  ],
  ['cards of a carousel', cards.cardsMax, (n) => carousel(many(n, (at) => card(at))), 'interactive.action.cards'],
  [
    "characters of a card's body",
    cards.cardBody,
    (n) => twoCards(ctaUrl('See'), x(n)),
    'interactive.action.cards[0].body.text',
  ],
  [
    "line breaks of a card's body",
    cards.cardLineBreaks,
    (n) => twoCards(ctaUrl('See'), `a${'\nb'.repeat(n)}`),
    'interactive.action.cards[0].body.text',
  ],
  [
    'quick replies of a card',
    cards.quickReplies,
    (n) => twoCards({ buttons: many(n, (at) => quickReply(`q${at}`, `q${at}`)) }),
    'interactive.action.cards[0].action.buttons',
  ],
  [
    "characters of a quick reply's id",
    replyButtons.id,
    (n) => twoCards({ buttons: [quickReply(x(n), 'a')] }),
    'interactive.action.cards[0].action.buttons[0].quick_reply.id',
  ],
  [
    "characters of a quick reply's title",
    replyButtons.title,
    (n) => twoCards({ buttons: [quickReply('a', x(n))] }),
    'interactive.action.cards[0].action.buttons[0].quick_reply.title',
  ],
  [
    "characters of a carousel's body",
    parts.body,
    (n) => carousel([card(0), card(1)], { body: { text: x(n) } }),
    'interactive.body.text',
  ],
  [
    "characters of a call's text",
    limits.voiceCall.displayText,
    (n) => call({ display_text: x(n) }),
    'interactive.action.parameters.display_text',
  ],
  [
    'minutes of a call',
    limits.voiceCall.ttlMinutesMax,
    (n) => call({ ttl_minutes: n }),
    'interactive.action.parameters.ttl_minutes',
  ],
  [
    "characters of a location request's body",
    parts.body,
    (n) => interactive('location_request_message', { name: 'send_location' }, { body: { text: x(n) } }),
    'interactive.body.text',
  ],
  [
    'characters of a coupon code',
    limits.template.couponExample,
    (n) => template({ type: 'coupon_code', coupon_code: x(n) }),
    'template.components[0].parameters[0].coupon_code',
  ],
  [
    'characters of a Direct Send text',
    limits.template.body,
    (n) => direct({ type: 'text', text: { body: x(n) } }),
    'text.body',
  ],
  [
    'buttons of Direct Send',
    limits.directSend.buttons,
    (n) => direct(buttons(...many(n, (at) => reply(`b${at}`)))),
    'interactive.action.buttons',
  ],
  [
    'seconds of life of Direct Send',
    limits.ttlSeconds.utility.max,
    (n) => direct({ type: 'text', text: { body: 'a' }, ttl_seconds: n }),
    'ttl_seconds',
  ],
];

describe('a limit of what may be sent', () => {
  const pathsOf = (message: object): string[] => {
    const parsed = parseSendMessage({ messaging_product: 'whatsapp', to: '+15550100100', ...message });
    return parsed.ok ? [] : parsed.problems.map(({ path }) => path);
  };
  it.each(limited)('%s: %i pass, and one more is refused at its place', (_, max, message, path) => {
    expect(pathsOf(message(max))).toEqual([]);
    expect(pathsOf(message(max + 1))).toContain(path);
  });

  it.each([
    ['button', {}],
    ['list', { button: 'See', sections: [] }],
    ['carousel', { cards: [card(0)] }],
    ['product_list', { catalog_id: '1', sections: [] }],
  ])('a %s with too few is refused', (type, action) => {
    expect(pathsOf(interactive(type, action))).not.toEqual([]);
  });

  it('media must have exactly one of id and link', () => {
    for (const type of ['image', 'video', 'audio', 'document', 'sticker']) {
      expect(pathsOf({ type, [type]: { id: '1' } })).toEqual([]);
      expect(pathsOf({ type, [type]: { id: '1', link } })).toEqual([type]);
      expect(pathsOf({ type, [type]: {} })).toEqual([type]);
    }
  });
});

describe('a limit of the business profile', () => {
  const pathsOf = (change: object): string[] => {
    const parsed = parseWith(ProfileChange, change);
    return parsed.ok ? [] : parsed.problems.map(({ path }) => path);
  };
  const site = (count: number) => `https://${'a'.repeat(count - 8)}`;
  it.each<[string, number, (count: number) => object, string]>([
    ['characters of about', limits.profile.about, (n) => ({ about: x(n) }), 'about'],
    ['characters of the address', limits.profile.address, (n) => ({ address: x(n) }), 'address'],
    ['characters of the description', limits.profile.description, (n) => ({ description: x(n) }), 'description'],
    ['characters of the email', limits.profile.email, (n) => ({ email: `${'a'.repeat(n - 8)}@ab.test` }), 'email'],
    ['websites', limits.profile.websites, (n) => ({ websites: many(n, () => link) }), 'websites'],
    ["characters of a website's address", limits.profile.website, (n) => ({ websites: [site(n)] }), 'websites[0]'],
  ])('%s: %i pass, and one more is refused at its place', (_, max, change, path) => {
    expect(pathsOf(change(max))).toEqual([]);
    expect(pathsOf(change(max + 1))).toEqual([path]);
  });

  it('is also that a profile has an about, and a line of business from a list', () => {
    expect(pathsOf({ about: '' })).toEqual(['about']);
    expect(pathsOf({ vertical: 'we sell tea' })).toEqual(['vertical']);
    expect(pathsOf({ vertical: 'RETAIL', email: '', address: '' })).toEqual([]);
  });
});

describe('a media file', () => {
  it.each([
    ['audio/ogg; codecs=opus', 'audio'],
    ['IMAGE/PNG', 'image'],
    ['video/3gpp', 'video'],
    ['image/webp', 'sticker'],
    ['application/pdf', 'document'],
    ['text/csv', 'document'],
  ] as const)('of type %s goes as %s, up to its size and no byte beyond', (mimeType, kind) => {
    expect(mediaKindOf(mimeType)).toBe(kind);
    expect(mediaFileProblem({ mimeType, bytes: limits.mediaBytes[kind] })).toBeUndefined();
    expect(mediaFileProblem({ mimeType, bytes: limits.mediaBytes[kind] + 1 })).toMatchObject({ path: 'bytes' });
    expect(mediaFileProblem({ mimeType, bytes: 0 })).toMatchObject({ path: 'bytes' });
  });

  it('may go as a document whatever it is, and as nothing that it is not', () => {
    expect(mediaFileProblem({ mimeType: 'image/png', bytes: 6_000_000 }, 'document')).toBeUndefined();
    expect(mediaFileProblem({ mimeType: 'application/pdf', bytes: 1 }, 'image')).toMatchObject({ path: 'mimeType' });
    expect(mediaFileProblem({ mimeType: 'image', bytes: 1 })).toMatchObject({ path: 'mimeType' });
  });
});
