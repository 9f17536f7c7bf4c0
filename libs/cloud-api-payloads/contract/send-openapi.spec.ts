import type { ErrorObject } from 'ajv';
import { MarkAsRead, MarketingMessage, parseSendMessage, parseWith } from '../src/index';
import { describeWithFixtures, fixturesIn } from './fixtures';
import { openApiSchemas } from './openapi';

/** Where the documentation overrides Meta's OpenAPI document, and why. */
const overrides: { at: RegExp; says: RegExp; because: string }[] = [
  { at: /^$/, says: /required property 'recipient_type'/, because: 'it is optional: individual is the default' },
  { at: /^\/template\/language$/, says: /required property 'policy'/, because: 'it is a relic of the on-premises API' },
  { at: /\/index$/, says: /must be string/, because: 'Meta takes an integer too, and its own examples have one' },
  { at: /\/sub_type$/, says: /allowed values/, because: 'the document knows three kinds of template buttons' },
  {
    at: /^\/location\/(lat|long)itude$/,
    says: /must be string/,
    because: 'Meta takes numbers, and its own examples have them',
  },
  { at: /^\/interactive\/type$/, says: /allowed values/, because: 'the document knows 7 of the 15 interactive types' },
  {
    at: /^\/interactive\/action/,
    says: /./,
    because: 'the actions of payments are not in the document',
  },
];
const isOverridden = ({ instancePath, message = '' }: ErrorObject) =>
  overrides.some(({ at, says }) => at.test(instancePath) && says.test(message));

const schemaOf = (type: string) => `${type.charAt(0).toUpperCase()}${type.slice(1)}Message`;

/** Examples have placeholders where values go. */
const filledIn = (text: string) =>
  JSON.parse(
    text.replace(/<?http\(s\):\/\/([a-z-]+)>?/g, 'https://example.com/$1').replace('"<HEADER_TYPE>"', '"text"'),
  ) as Record<string, unknown>;

describeWithFixtures("Meta's OpenAPI document", (folder) => {
  const schemas = openApiSchemas(folder);
  const sends = fixturesIn(folder, 'meta-openapi', /^phone_number_id_messages__post__req/).map(({ name, text }) => ({
    name,
    payload: filledIn(text),
  }));
  // One example has an interactive message without its type, which Meta takes for a text without one.
  const messages = sends.filter(({ name, payload }) => payload.status === undefined && !name.includes('reply_to_list'));

  it.each(messages)('$name is taken, and goes out as the document has it', ({ payload }) => {
    const parsed = parseSendMessage(payload);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const wire: unknown = JSON.parse(JSON.stringify(parsed.value));
    const validate = schemas(schemaOf(parsed.value.type));
    validate(wire);
    expect((validate.errors ?? []).filter((error) => !isOverridden(error))).toEqual([]);
  });

  it('reads the read mark with its typing indicator', () => {
    const marks = sends.filter(({ payload }) => payload.status === 'read');
    expect(marks).toHaveLength(1);
    for (const { payload } of marks) expect(parseWith(MarkAsRead, payload)).toEqual({ ok: true, value: payload });
  });

  it.each(fixturesIn(folder, 'meta-openapi', /marketing_messages__post__req/))('$name is taken', ({ text }) => {
    const payload: unknown = JSON.parse(text);
    expect(parseWith(MarketingMessage, payload)).toEqual({ ok: true, value: payload });
    const validate = schemas('MarketingMessageRequestPayload');
    validate(payload);
    expect((validate.errors ?? []).filter((error) => !isOverridden(error))).toEqual([]);
  });
});
