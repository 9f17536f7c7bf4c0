import fc from 'fast-check';
import {
  checkSendComponents,
  componentsFrom,
  MarketingMessage,
  MarkAsRead,
  parseSendMessage,
  parseTemplateDefinition,
  parseWebhook,
  parseWith,
  privateLinks,
  ProfileChange,
  readField,
  readMessages,
  fieldNames,
  renderTemplate,
  SendComponents,
  templateFindings,
  templateVariables,
} from './index';

const words = fc.constantFrom(
  'type',
  'text',
  'body',
  'header',
  'BODY',
  'HEADER',
  'BUTTONS',
  'FOOTER',
  'CAROUSEL',
  'template',
  'interactive',
  'list',
  'flow',
  'carousel',
  'messaging_product',
  'whatsapp',
  'to',
  '{{1}}',
  '{{name}}',
  'NAMED',
  'components',
  'parameters',
  'buttons',
  'cards',
  'URL',
  'OTP',
  'MARKETING',
  'AUTHENTICATION',
  '__proto__',
  'constructor',
  'toString',
  'image',
  'link',
  'id',
  'timestamp',
);
const text = fc.oneof(words, fc.string({ unit: 'binary' }), fc.double().map(String));
/** Nested values with the words that schemas know, so that the fuzzing gets past the first look. */
const anything = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: 'small', withCrossShrink: true },
    fc.oneof(text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.constant(undefined), fc.bigInt()),
    fc.array(tie('value'), { maxLength: 6 }),
    fc.dictionary(text, tie('value'), { maxKeys: 8, noNullPrototype: false }),
  ),
})).value;

const sendLike = fc.record(
  {
    messaging_product: fc.constant('whatsapp'),
    to: text,
    type: words,
    text: anything,
    template: anything,
    interactive: anything,
    image: anything,
    contacts: anything,
  },
  { requiredKeys: ['type'] },
);
const component = fc.record(
  {
    type: words,
    text,
    format: text,
    example: anything,
    buttons: fc.array(fc.record({ type: words, text, url: text, example: anything }, { requiredKeys: [] })),
    cards: anything,
  },
  { requiredKeys: ['type'] },
);
const templateLike = fc.record(
  {
    name: text,
    language: text,
    category: words,
    parameter_format: words,
    components: fc.array(component, { maxLength: 6 }),
  },
  { requiredKeys: ['name', 'language', 'category', 'components'] },
);
const runs = { numRuns: 500 };

describe('whatever comes in', () => {
  const parsers: Record<string, (input: unknown) => unknown> = {
    'a send': parseSendMessage,
    'a marketing send': (input) => parseWith(MarketingMessage, input),
    'a read mark': (input) => parseWith(MarkAsRead, input),
    'a profile': (input) => parseWith(ProfileChange, input),
    components: (input) => parseWith(SendComponents, input),
    'a template': parseTemplateDefinition,
    links: privateLinks,
    'the value of messages': (input) => readMessages(Object(input) as Record<string, unknown>),
    'the value of a field': (input) =>
      fieldNames.map((field) => readField({ field, value: Object(input) as Record<string, unknown> })),
  };
  it.each(Object.entries(parsers))('%s is parsed without a throw', (_, parse) => {
    fc.assert(
      fc.property(fc.oneof(anything, sendLike, templateLike), (input) => void parse(input)),
      runs,
    );
  });

  it('a webhook body of any bytes is parsed without a throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array(), fc.string({ unit: 'binary' }), fc.json()),
        (body) => void parseWebhook(body),
      ),
      runs,
    );
  });

  it('a template that parses is checked, rendered and looked over without a throw', () => {
    fc.assert(
      fc.property(
        templateLike,
        anything,
        fc.oneof(fc.array(text), fc.dictionary(text, text)),
        (template, parts, variables) => {
          const definition = parseTemplateDefinition(template);
          if (!definition.ok) return;
          templateFindings(definition.value);
          templateVariables(definition.value);
          const made = componentsFrom(definition.value, variables);
          const components = parseWith(SendComponents, parts);
          for (const given of [...(made.ok ? [made.components] : []), ...(components.ok ? [components.value] : [])]) {
            checkSendComponents(definition.value, given);
            renderTemplate(definition.value, given);
          }
        },
      ),
      runs,
    );
  });
});

describe('an input made to be costly', () => {
  const million = 1_000_000;
  const template = (component: object, more: object = {}) => ({
    name: 'a',
    language: 'en',
    category: 'MARKETING',
    components: [component],
    ...more,
  });
  const send = (members: object) => ({ messaging_product: 'whatsapp', to: '1', ...members });
  const parsed = (input: string) => () => parseWebhook(input);
  const sent = (message: object) => () => parseSendMessage(send(message));
  /** Each makes its input, and gives what is to be measured. */
  const cases: Record<string, () => () => unknown> = {
    'a million items where ten are allowed': () =>
      sent({ type: 'contacts', contacts: new Array<object>(million).fill({}) }),
    'a text of many megabytes': () => sent({ type: 'text', text: { body: '😀'.repeat(million * 2) } }),
    'a template of a million components': () => {
      const huge = template({}, { components: new Array<object>(million).fill({ type: 5 }) });
      return () => parseTemplateDefinition(huge);
    },
    'an address of megabytes': () => {
      const change = { email: 'a.'.repeat(million), websites: new Array<string>(million).fill('') };
      return () => parseWith(ProfileChange, change);
    },
    'a body of braces': () => overlook(template({ type: 'BODY', text: '{{'.repeat(25_000) })),
    'a body of variables': () => overlook(template({ type: 'BODY', text: '{{1}}'.repeat(10_000) })),
    'a body of spaces': () => overlook(template({ type: 'BODY', text: `{{${' '.repeat(49_000)}` })),
    'a hundred thousand messages': () => {
      const messages = new Array<object>(100_000).fill({ id: 'a' });
      return parsed(
        JSON.stringify({ object: 'o', entry: [{ id: '1', changes: [{ field: 'messages', value: { messages } }] }] }),
      );
    },
    'objects without anything': () => parsed(`{"object":"o","entry":[${'{},'.repeat(million)}{}]}`),
    'a deep nest': () => parsed(`{"object":"o","entry":${'['.repeat(million)}`),
    'a string of backslashes': () => parsed(`"${'\\\\'.repeat(million)}"`),
    'a string of escaped quotes': () => parsed(`"${'\\"'.repeat(million)}"`),
    'digits without an end': () => parsed(`{"object":"o","entry":[${'9'.repeat(million)}]}`),
    'a hundred thousand keys': () =>
      sent({ type: 'text', text: Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`k${index}`, 1])) }),
  };
  function overlook(template: unknown): () => unknown {
    return () => {
      const definition = parseTemplateDefinition(template);
      return (
        definition.ok && [
          templateFindings(definition.value),
          renderTemplate(definition.value),
          componentsFrom(definition.value, []),
        ]
      );
    };
  }

  it.each(Object.entries(cases))('is answered within a second: %s', (_, make) => {
    const run = make();
    // Of this process's own time: other work on the machine does not count.
    const started = process.cpuUsage();
    run();
    expect(process.cpuUsage(started).user).toBeLessThan(1_000_000);
  });
});

describe('a webhook body', () => {
  const list = (item: (index: number) => string, count: number) =>
    Buffer.from(
      `{"object":"o","entry":[{"id":"1","changes":[{"field":"f","value":{"v":[${Array.from({ length: count }, (_, index) => item(index)).join(',')}]}}]}]}`,
    );
  const short = (index: number) => index.toString(36).padStart(4, '0');

  it.each<[string, (index: number) => string]>([
    ['empty objects', () => '{}'],
    ['empty objects and blanks', () => `{}${' '.repeat(12)}`],
    ['objects of one key each', (index) => `{"${short(index)}":1}`],
    ['short texts', (index) => `"${short(index)}"`],
    ['fractions', () => '0.5'],
    ['letters beyond Latin', (index) => `"你好${index}"`],
  ])('holds at most ten times its size and a megabyte: %s', (_, item) => {
    const collect = globalThis.gc;
    const body = list(item, 300_000);
    collect?.();
    const before = process.memoryUsage().heapUsed;
    const parsed = parseWebhook(body);
    collect?.();
    const held = process.memoryUsage().heapUsed - before;
    expect(parsed).toBeDefined();
    // Without `--expose-gc` the garbage of parsing would be counted as well.
    if (collect) expect(held).toBeLessThan(10 * body.length + 1024 * 1024);
  });
});
