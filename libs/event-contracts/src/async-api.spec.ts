import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { asyncApi } from './async-api';
import { catalogue } from './catalogue';
import { MessageAccepted } from './dispatch-events';
import { valueSchemaOf } from './json-schema';

const document = asyncApi({ shards: 4 });
const at = (pointer: string): unknown =>
  pointer
    .slice(2)
    .split('/')
    .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], document);

const ajv = addFormats(new Ajv2020({ strict: false }));

describe('the AsyncAPI document', () => {
  it('has every event of the catalogue on the topic of its service', () => {
    for (const { service, wireType } of catalogue.values())
      expect(at(`#/channels/${service}/messages`)).toHaveProperty([wireType]);
  });

  it('refers to nothing that is not in it', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, pointer]) => pointer!);
    expect(references.length).toBeGreaterThan(catalogue.size);
    expect(references.filter((pointer) => at(pointer) === undefined)).toEqual([]);
  });

  it('names the commands topic, whose records need a workspace', () => {
    expect(at('#/channels/commands/address')).toBe('postrider.dispatch.commands');
    expect(at('#/components/messages/send/headers/required')).toEqual(['workspaceid']);
  });

  it('has no events twice', () => {
    expect(new Set([...catalogue.values()].map(({ service, type }) => `${service}.${type}`)).size).toBe(catalogue.size);
  });
});

describe('the JSON Schema of a value', () => {
  it.each([...catalogue.values()].map((definition) => [definition.wireType, definition] as const))(
    'of %s compiles',
    (_, definition) => {
      expect(() => ajv.compile(valueSchemaOf(definition))).not.toThrow();
    },
  );

  it('takes what the event takes, and fields that come later', () => {
    const check = ajv.compile(valueSchemaOf(MessageAccepted));
    const event = MessageAccepted.of(
      { messageId: '0190a6f2-7a5c-7c1e-9a55-3f3f3a1f0c11', attempt: 1, wamid: 'wamid.1' },
      { waId: '15550100001' },
    );
    expect(check({ data: event.data, sealed: 'AQ==' })).toBe(true);
    expect(check({ data: event.data, sealed: event.personal })).toBe(false);
    expect(check({ data: { ...event.data, later: true }, later: true })).toBe(true);
    expect(check({ data: { ...event.data, attempt: 'one' } })).toBe(false);
    expect(check({ personal: {} })).toBe(false);
  });
});
