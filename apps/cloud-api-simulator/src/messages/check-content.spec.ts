import fc from 'fast-check';
import { GraphError } from '../graph/graph-error';
import { demoSeed } from '../seed/demo-seed';
import { checkDefinition } from '../templates/check-definition';
import { runWorld } from '../world/run-world';
import { checkContent } from './check-content';
import { checkTemplateSend } from './check-template-send';
import type { Bag } from './checks';

const world = runWorld({ seed: demoSeed, settings: {}, clock: Date.now, randomSeed: 1, changed: () => undefined });
afterAll(() => world.close());
const context = { sim: world, phoneNumberId: '3000000000000001' };

/** Objects that look enough like messages to get past the first checks. */
const keys = [
  'type',
  'id',
  'link',
  'body',
  'text',
  'header',
  'footer',
  'action',
  'buttons',
  'sections',
  'rows',
  'cards',
  'parameters',
  'components',
  'name',
  'language',
  'code',
  'index',
  'sub_type',
  'title',
  'reply',
  'url',
];
const words = fc.oneof(
  fc.constantFrom('text', 'image', 'button', 'list', 'body', 'url', 'reply', 'carousel', 'order_update', 'en_US', '0'),
  fc.string(),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    words,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
}));
const types = [
  'text',
  'image',
  'audio',
  'video',
  'document',
  'sticker',
  'location',
  'contacts',
  'reaction',
  'template',
  'interactive',
];

const onlyGraphErrors = (check: () => unknown): void => {
  try {
    check();
  } catch (error) {
    expect(error).toBeInstanceOf(GraphError);
  }
};

describe('whatever is sent', () => {
  it.each(types)('a %s message is accepted or refused in Graph words, never anything else', (type) => {
    fc.assert(
      fc.property(value, (content) => onlyGraphErrors(() => checkContent({ type, [type]: content } as Bag, context))),
      { numRuns: 300 },
    );
  });

  it('template components are accepted or refused in Graph words, never anything else', () => {
    fc.assert(
      fc.property(fc.constantFrom('welcome', 'order_update', 'login_code'), fc.array(value), (name, components) =>
        onlyGraphErrors(() =>
          checkTemplateSend(world, '2000000000000001', { name, language: { code: 'en_US' }, components }),
        ),
      ),
      { numRuns: 500 },
    );
  });

  it('template definitions are accepted or refused in Graph words, never anything else', () => {
    const component = fc.record({
      type: fc.constantFrom('HEADER', 'BODY', 'FOOTER', 'BUTTONS', 'CAROUSEL', 'LIMITED_TIME_OFFER'),
    });
    const looking = fc.tuple(
      component,
      fc.dictionary(fc.constantFrom(...keys, 'format', 'example', 'cards'), value, { noNullPrototype: true }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom('MARKETING' as const, 'UTILITY' as const, 'AUTHENTICATION' as const),
        fc.array(looking),
        (category, parts) =>
          onlyGraphErrors(() =>
            checkDefinition({
              category,
              parameterFormat: 'POSITIONAL',
              components: [{ type: 'BODY', text: 'Hello' }, ...parts.map(([type, rest]) => ({ ...rest, ...type }))],
            }),
          ),
      ),
      { numRuns: 500 },
    );
  });
});
