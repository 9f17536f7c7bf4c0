import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTemplateDefinition } from '../definition';
import { findingCatalogue, type FindingCode } from './catalogue';
import { templateFindings } from './template-findings';

type Components = object[];
const body = (text: string, ...samples: string[]) => ({
  type: 'BODY',
  text,
  ...(samples.length ? { example: { body_text: [samples] } } : {}),
});
const buttons = (...list: object[]) => ({ type: 'BUTTONS', buttons: list });
const header = (format: string, more: object = {}) => ({ type: 'HEADER', format, ...more });
const sample = { example: { header_handle: ['4::a'] } };
const quick = (text: string) => ({ type: 'QUICK_REPLY', text });
const url = (more: object = {}) => ({ type: 'URL', text: 'See', url: 'https://shop.example/a', ...more });
const plain = body('Your order is on its way.');
const long = (count: number) => 'word '.repeat(count / 5).trim() + 's'.repeat(5);

const template = (components: Components, more: object = {}) => ({
  name: 'order_update',
  language: 'en_US',
  category: 'UTILITY',
  components,
  ...more,
});
const marketing = (components: Components, more: object = {}) =>
  template([...components], { category: 'MARKETING', ...more });
const otp = (more: object = {}) => ({ type: 'OTP', otp_type: 'COPY_CODE', text: 'Copy', ...more });
const app = { package_name: 'com.example', signature_hash: 'K8a/AINcGX7' };
const authentication = (components: Components = [{ type: 'BODY' }, buttons(otp())]) =>
  template(components, { category: 'AUTHENTICATION' });
const stop = quick('Stop promotions');
const offer = (text = 'Ends soon') => ({
  type: 'LIMITED_TIME_OFFER',
  limited_time_offer: { text, has_expiration: true },
});
const coupon = (code = 'SAVE') => ({ type: 'COPY_CODE', example: code });
const card = (...components: Components) => ({
  components: components.length ? components : [header('IMAGE', sample), body('One of them.'), buttons(stop)],
});
const carousel = (...cards: object[]) => marketing([plain, { type: 'CAROUSEL', cards }]);

function found(input: object): string[] {
  const parsed = parseTemplateDefinition(input);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return templateFindings(parsed.value).map((each) => each.code);
}

/** A template made to break just that rule. */
const broken: Record<FindingCode, object> = {
  'name-invalid': template([plain], { name: 'Order Update' }),
  'language-invalid': template([plain], { language: 'English' }),
  'category-unknown': template([plain], { category: 'NEWS' }),
  'format-unknown': template([plain], { parameter_format: 'BOTH' }),
  'component-repeated': template([plain, plain]),
  'component-misplaced': marketing([
    plain,
    { type: 'CAROUSEL', cards: [card(), card()] },
    { type: 'FOOTER', text: 'Bye' },
  ]),
  'body-missing': template([{ type: 'FOOTER', text: 'Bye' }]),
  'body-too-long': template([body(long(1025))]),
  'header-format-unknown': template([header('AUDIO'), plain]),
  'header-missing-text': template([header('TEXT'), plain]),
  'header-too-long': template([header('TEXT', { text: long(61) }), plain]),
  'header-variables': template([
    header('TEXT', { text: 'Of {{1}} and {{2}}', example: { header_text: ['a', 'b'] } }),
    plain,
  ]),
  'header-line-break': template([header('TEXT', { text: 'One\nTwo' }), plain]),
  'header-category': template([header('GIF', sample), plain]),
  'footer-missing-text': template([plain, { type: 'FOOTER' }]),
  'footer-too-long': template([plain, { type: 'FOOTER', text: long(61) }]),
  'footer-variable': template([plain, { type: 'FOOTER', text: 'By {{1}} of us' }]),
  'variable-malformed': template([body('Your order {{first name}} is on its way.', 'a')]),
  'variable-order': template([body('Your order {{2}} is on its way.', 'a')]),
  'variable-at-edge': template([body('{{1}} is on its way to you.', 'a')]),
  'variables-adjacent': template([body('Your order is {{1}} {{2}} on its way to you.', 'a', 'b')]),
  'variable-density': template([body('Of {{1}}, {{2}}, {{3}}.', 'a', 'b', 'c')]),
  'sample-missing': template([body('Your order {{1}} is on its way.')]),
  'sample-surplus': template([body('Your order is on its way.', 'a')]),
  'media-sample-missing': template([header('IMAGE'), plain]),
  'button-count': template([plain, buttons()]),
  'button-kind-count': template([plain, buttons(url({ text: 'a' }), url({ text: 'b' }), url({ text: 'c' }))]),
  'button-kind-unknown': template([plain, buttons({ type: 'FAX', text: 'Send' })]),
  'button-alone': marketing([
    body('See our goods, or reply stop.'),
    buttons({ type: 'CATALOG', text: 'See' }, url({ text: 'Go' })),
  ]),
  'button-grouping': template([plain, buttons(quick('a'), url(), quick('b'))]),
  'button-text-missing': template([plain, buttons(quick(''))]),
  'button-text-too-long': template([plain, buttons(quick('x'.repeat(26)))]),
  'button-text-variable': template([plain, buttons(quick('Hi {{1}}'))]),
  'button-text-repeated': template([plain, buttons(quick('a'), quick('a'))]),
  'buttons-mobile-only': template([plain, buttons(...['a', 'b', 'c', 'd'].map(quick))]),
  'url-invalid': template([plain, buttons(url({ url: 'shop.example' }))]),
  'url-too-long': template([plain, buttons(url({ url: `https://shop.example/${'a'.repeat(2000)}` }))]),
  'url-variable': template([plain, buttons(url({ url: 'https://shop.example/{{1}}/a', example: ['a'] }))]),
  'phone-number-invalid': template([plain, buttons({ type: 'PHONE_NUMBER', text: 'Call', phone_number: 'us' })]),
  'coupon-code-invalid': marketing([plain, buttons(stop, coupon('x'.repeat(21)))]),
  'flow-missing': template([plain, buttons({ type: 'FLOW', text: 'Open' })]),
  'otp-misplaced': template([plain, buttons(otp())]),
  'authentication-text': authentication([body('Your code is here.'), buttons(otp())]),
  'authentication-component': authentication([header('TEXT', { text: 'Code' }), { type: 'BODY' }, buttons(otp())]),
  'authentication-expiration': authentication([
    { type: 'BODY' },
    { type: 'FOOTER', code_expiration_minutes: 91 },
    buttons(otp()),
  ]),
  'authentication-button': authentication([{ type: 'BODY' }]),
  'authentication-apps': authentication([
    { type: 'BODY' },
    buttons(otp({ otp_type: 'ONE_TAP', supported_apps: [{ ...app, signature_hash: 'short' }] })),
  ]),
  'authentication-terms': authentication([
    { type: 'BODY' },
    buttons(otp({ otp_type: 'ZERO_TAP', supported_apps: [app] })),
  ]),
  'offer-category': template([offer(), plain, buttons(url())]),
  'offer-text': marketing([offer('x'.repeat(17)), body('Reply stop to end.'), buttons(url())]),
  'offer-footer': marketing([offer(), plain, { type: 'FOOTER', text: 'Reply stop' }, buttons(url())]),
  'offer-header': marketing([header('TEXT', { text: 'Hi' }), offer(), body('Reply stop to end.'), buttons(url())]),
  'offer-buttons': marketing([offer(), plain, buttons(stop)]),
  'card-count': carousel(card()),
  'card-header': carousel(card(), card(header('VIDEO', sample), body('One of them.'), buttons(stop))),
  'card-body-too-long': carousel(card(), card(header('IMAGE', sample), body(long(161)), buttons(stop))),
  'card-buttons': carousel(card(header('IMAGE', sample)), card(header('IMAGE', sample), buttons())),
  'card-layout': carousel(card(), card(header('IMAGE', sample), body('One of them.'), buttons(stop, url()))),
  'ttl-out-of-range': template([plain], { message_send_ttl_seconds: 10 }),
  'promotional-in-utility': template([body('Your order ships, and our summer sale is on.')]),
  'opt-out-missing': marketing([body('Our summer collection is here.')]),
  'barred-goods': template([body('Your tobacco is on its way.')]),
  'shortened-link': template([plain, buttons(url({ url: 'https://bit.ly/abc' }))]),
  'chat-link': template([body('Write to us at wa.me/15550100001 for more.')]),
  'sensitive-request': template([body('Please reply with your full card number to go on.')]),
};
/** Codes that cannot be broken without another. */
const besides: Partial<Record<FindingCode, FindingCode[]>> = {
  'card-buttons': ['opt-out-missing'],
  'button-grouping': ['buttons-mobile-only'],
  'coupon-code-invalid': ['buttons-mobile-only'],
};

describe('templateFindings', () => {
  it('finds nothing in a plain template', () => {
    expect(found(template([plain]))).toEqual([]);
    expect(found(authentication())).toEqual([]);
    expect(found(carousel(card(), card()))).toEqual([]);
  });

  it.each(Object.entries(broken))(
    'finds %s, and nothing else, in a template that breaks just that rule',
    (code, input) => {
      const codes = found(input);
      expect(codes).toContain(code);
      expect(
        codes.filter((each) => each !== code && !besides[code as FindingCode]?.includes(each as FindingCode)),
      ).toEqual([]);
    },
  );

  it('has a template that breaks it for each code of the catalogue', () => {
    expect(Object.keys(broken).sort()).toEqual(Object.keys(findingCatalogue).sort());
  });

  it('gives each with its place, its remedy and its severity', () => {
    const parsed = parseTemplateDefinition(template([plain, buttons(quick('x'.repeat(26)))]));
    expect(parsed.ok && templateFindings(parsed.value)).toEqual([
      {
        code: 'button-text-too-long',
        path: 'components[1].buttons[0].text',
        severity: 'error',
        message: "A button's text has more than 25 characters",
        remedy: 'Shorten it',
      },
    ]);
  });

  it('counts words where they are written without spaces', () => {
    expect(found(template([body('您的订单{{1}}已经发货,请注意查收。', 'A1')], { language: 'zh_CN' }))).toEqual([]);
  });

  it('takes -1 for thirty days, but not for marketing', () => {
    expect(found(template([plain], { message_send_ttl_seconds: -1 }))).toEqual([]);
    expect(found(marketing([plain, buttons(stop)], { message_send_ttl_seconds: -1 }))).toEqual(['ttl-out-of-range']);
  });
});

it('FINDINGS.md lists every code as the catalogue has it', () => {
  const lines = readFileSync(join(__dirname, '../../../FINDINGS.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  const rows = Object.entries(findingCatalogue).map(
    ([code, each]) => `| \`${code}\` | ${each.severity} | ${each.meaning} | ${each.remedy} |`,
  );
  expect(lines).toEqual(rows);
});
