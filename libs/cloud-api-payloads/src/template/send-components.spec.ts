import type { SendComponent } from '../send/template-message';
import { checkSendComponents } from './check-send-components';
import { componentsFrom } from './components-from';
import { parseTemplateDefinition, type TemplateDefinition } from './definition';
import { renderTemplate } from './render-template';
import { templateVariables } from './variables';

function template(components: object[], more: object = {}): TemplateDefinition {
  const parsed = parseTemplateDefinition({ name: 'a', language: 'en_US', category: 'UTILITY', components, ...more });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}
const text = (value: string, parameter_name?: string) => ({
  type: 'text' as const,
  text: value,
  ...(parameter_name ? { parameter_name } : {}),
});
const body = (...values: string[]): SendComponent => ({ type: 'body', parameters: values.map((each) => text(each)) });
const button = (sub_type: string, index: number, parameter: object) =>
  ({ type: 'button', sub_type, index, parameters: [parameter] }) as SendComponent;
const codes = (definition: TemplateDefinition, parts: SendComponent[]) =>
  checkSendComponents(definition, parts).map(({ code, path, metaCode }) => [code, path, metaCode]);

const orderUpdate = template([{ type: 'body', text: 'Hi {{1}}, your order {{2}} is on its way.' }]);
const greeting = template(
  [
    { type: 'HEADER', format: 'TEXT', text: 'For {{name}}' },
    { type: 'BODY', text: 'Hi {{name}}, {{what}} is ready.' },
    { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'See', url: 'https://a.example/{{1}}', example: ['x'] }] },
  ],
  { parameter_format: 'named' },
);
const loginCode = template(
  [
    { type: 'BODY', add_security_recommendation: true },
    { type: 'FOOTER', code_expiration_minutes: 10 },
    { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE', text: 'Copy code' }] },
  ],
  { category: 'AUTHENTICATION' },
);
const offer = template([
  { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::a'] } },
  { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Ends soon', has_expiration: true } },
  { type: 'BODY', text: 'Use {{1}} now.' },
  {
    type: 'BUTTONS',
    buttons: [
      { type: 'COPY_CODE', example: 'X' },
      { type: 'URL', text: 'Go', url: 'https://a.example/{{1}}', example: ['x'] },
    ],
  },
]);
const card = {
  components: [
    { type: 'HEADER', format: 'IMAGE' },
    { type: 'BODY', text: 'Take {{1}} home.' },
    { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'More' }] },
  ],
};
const carousel = template([
  { type: 'BODY', text: 'Look.' },
  { type: 'CAROUSEL', cards: [card, card] },
]);
const image = { type: 'header' as const, parameters: [{ type: 'image' as const, image: { id: '9' } }] };

describe('componentsFrom', () => {
  const made = (definition: TemplateDefinition, variables: Parameters<typeof componentsFrom>[1]) => {
    const result = componentsFrom(definition, variables);
    return result.ok ? result.components : result.problems.map(({ path, message }) => `${path}: ${message}`);
  };

  it('fills a positional body from a list', () => {
    expect(made(orderUpdate, ['Ann', 42])).toEqual([body('Ann', '42')]);
  });

  it('fills a positional body from an object of numbers', () => {
    expect(made(orderUpdate, { 1: 'Ann', 2: 42 })).toEqual([body('Ann', '42')]);
  });

  it('fills header, body and button of a named template by name', () => {
    expect(made(greeting, { name: 'Ann', what: 'your order', button_0: 'o/1' })).toEqual([
      { type: 'header', parameters: [text('Ann', 'name')] },
      { type: 'body', parameters: [text('Ann', 'name'), text('your order', 'what')] },
      button('url', 0, text('o/1')),
    ]);
  });

  it('gives an authentication code once and puts it in both its places', () => {
    const parts = made(loginCode, ['123456']);
    expect(parts).toEqual([body('123456'), button('url', 0, text('123456'))]);
    expect(codes(loginCode, parts as SendComponent[])).toEqual([]);
  });

  it('names what is missing and what is too much', () => {
    expect(made(orderUpdate, ['Ann'])).toEqual(['variables[1]: the value of 2 is missing']);
    expect(made(orderUpdate, ['Ann', '1', '2'])).toEqual(['variables[2]: the template takes 2 values, not 3']);
    expect(made(greeting, { name: 'Ann', button_0: 'x', whta: 'y' })).toEqual([
      'variables.what: the value of what is missing',
      'variables.whta: the template has no variable whta',
    ]);
    expect(made(orderUpdate, ['Ann', ' '])).toEqual(['variables[1]: the value of 2 is missing']);
  });

  it('does not take what an object inherits for a value', () => {
    const odd = template([{ type: 'BODY', text: 'Hi {{constructor}} there.' }], { parameter_format: 'NAMED' });
    expect(made(odd, {})).toEqual(['variables.constructor: the value of constructor is missing']);
  });

  it('asks for components where texts are not enough', () => {
    expect(made(offer, ['X', 'X', 'x'])).toEqual([
      'components: the template needs a header of type IMAGE: give components, not variables',
      'components: the template needs the end of its offer: give components, not variables',
    ]);
  });
});

describe('checkSendComponents', () => {
  const end: SendComponent = {
    type: 'limited_time_offer',
    parameters: [{ type: 'limited_time_offer', limited_time_offer: { expiration_time_ms: 1 } }],
  };
  const coupon = button('copy_code', 0, { type: 'coupon_code', coupon_code: 'SAVE' });
  const path = button('url', 1, text('x'));

  it('finds nothing in what fits', () => {
    expect(codes(orderUpdate, [body('Ann', '42')])).toEqual([]);
    expect(codes(offer, [image, end, body('X'), coupon, path])).toEqual([]);
  });

  it.each<[string, TemplateDefinition, SendComponent[], unknown]>([
    ['too few values', orderUpdate, [body('Ann')], ['parameter-count', 'body', 132000]],
    ['no body at all', orderUpdate, [], ['parameter-count', 'body', 132000]],
    ['a line break in a value', orderUpdate, [body('Ann', 'a\nb')], ['parameter-value', 'body.parameters[1]', 132018]],
    ['four spaces in a value', orderUpdate, [body('Ann', 'a    b')], ['parameter-value', 'body.parameters[1]', 132018]],
    ['a body too long once filled in', orderUpdate, [body('Ann', 'x'.repeat(1020))], ['too-long', 'body', 132005]],
    ['a header that the template has not', orderUpdate, [image, body('a', 'b')], ['parameter-count', 'header', 132000]],
    ['a button that takes nothing', orderUpdate, [body('a', 'b'), path], ['unexpected-component', 'button[1]', 132000]],
    ['a body given twice', orderUpdate, [body('a', 'b'), body('a', 'b')], ['unexpected-component', 'body', 132000]],
    ['a media header left out', offer, [end, body('X'), coupon, path], ['missing-component', 'header', 132000]],
    [
      'a file of another type',
      offer,
      [{ type: 'header', parameters: [{ type: 'video', video: { id: '1' } }] }, end, body('X'), coupon, path],
      ['parameter-type', 'header.parameters[0]', 132012],
    ],
    [
      'an end of offer left out',
      offer,
      [image, body('X'), coupon, path],
      ['missing-component', 'limited_time_offer', 132000],
    ],
    ['a code left out', offer, [image, end, body('X'), path], ['missing-component', 'button[0]', 132000]],
    [
      'a button of another kind',
      offer,
      [image, end, body('X'), button('url', 0, text('a')), path],
      ['parameter-type', 'button[0]', 132012],
    ],
    ['fewer cards', carousel, [{ type: 'carousel', cards: [] }], ['parameter-count', 'carousel.cards', 132000]],
    [
      'a name that is not there',
      greeting,
      [
        { type: 'header', parameters: [text('a', 'name')] },
        { type: 'body', parameters: [text('a', 'name'), text('b', 'wht')] },
        button('url', 0, text('x')),
      ],
      ['parameter-name', 'body', 132000],
    ],
    [
      'a code of 16 characters',
      loginCode,
      [body('1234567890123456'), button('url', 0, text('1234567890123456'))],
      ['too-long', 'body.parameters[0]', 132005],
    ],
    [
      'a code that differs in the button',
      loginCode,
      [body('1'), button('url', 0, text('2'))],
      ['parameter-value', 'button[0].parameters[0]', 132018],
    ],
  ])('finds %s', (_, definition, parts, problem) => {
    expect(codes(definition, parts)).toContainEqual(problem);
  });

  it('checks each card for itself', () => {
    const cardOf = (index: number, ...values: string[]) => ({
      card_index: index,
      components: [image, { type: 'body', parameters: values.map((each) => text(each)) }],
    });
    const parts = [{ type: 'carousel', cards: [cardOf(0, 'it'), cardOf(1, 'y'.repeat(160))] }] as SendComponent[];
    expect(codes(carousel, parts)).toEqual([['too-long', 'carousel.cards[1].body', 132005]]);
  });
});

describe('renderTemplate', () => {
  it('shows what the person sees', () => {
    const filled = componentsFrom(greeting, { name: 'Ann', what: 'your order', button_0: 'o/1' });
    expect(filled.ok && renderTemplate(greeting, filled.components)).toEqual({
      header: { type: 'text', text: 'For Ann' },
      body: 'Hi Ann, your order is ready.',
      buttons: [{ type: 'url', text: 'See', url: 'https://a.example/o/1' }],
    });
  });

  it("shows Meta's own words of an authentication template", () => {
    expect(renderTemplate(loginCode, [body('123456'), button('url', 0, text('123456'))])).toEqual({
      body: '*123456* is your verification code. For your security, do not share this code.',
      footer: 'This code expires in 10 minutes.',
      buttons: [{ type: 'otp', text: 'Copy code', code: '123456' }],
    });
  });

  it('leaves a variable without a value as it is', () => {
    expect(renderTemplate(orderUpdate).body).toBe('Hi {{1}}, your order {{2}} is on its way.');
  });

  it('does not fill in twice what a value brings', () => {
    expect(renderTemplate(orderUpdate, [body('{{2}}', '42')]).body).toBe('Hi {{2}}, your order 42 is on its way.');
  });

  it('shows a currency and a date by their fallback', () => {
    const currency = {
      type: 'currency' as const,
      currency: { fallback_value: '$10', code: 'USD', amount_1000: 10_000 },
    };
    const date = { type: 'date_time' as const, date_time: { fallback_value: 'May 1' } };
    expect(renderTemplate(orderUpdate, [{ type: 'body', parameters: [currency, date] }]).body).toBe(
      'Hi $10, your order May 1 is on its way.',
    );
  });

  it('shows cards with their files and replies', () => {
    const parts = [
      {
        type: 'carousel',
        cards: [
          {
            card_index: 1,
            components: [image, body('it'), button('quick_reply', 0, { type: 'payload', payload: 'p' })],
          },
        ],
      },
    ];
    expect(renderTemplate(carousel, parts as SendComponent[]).cards?.[1]).toEqual({
      header: { type: 'image', media: { id: '9' } },
      body: 'Take it home.',
      buttons: [{ type: 'quick_reply', text: 'More', payload: 'p' }],
    });
  });
});

it('lists what a send must fill in', () => {
  expect(templateVariables(offer)).toMatchObject({
    format: 'POSITIONAL',
    media: 'IMAGE',
    body: ['1'],
    limitedTimeOffer: true,
    buttons: [
      { index: 0, subType: 'copy_code', required: true },
      { index: 1, subType: 'url', required: true },
    ],
  });
});
