import fc from 'fast-check';
import { catalogue } from './catalogue';
import { MessageRequested } from './dispatch-events';
import { parseWireType, wireType } from './define-event';

describe('the type of an event on the bus', () => {
  it('is service, name in kebab case and version', () => {
    expect(wireType('dispatch', 'MessageAccepted', 1)).toBe('postrider.dispatch.message-accepted.v1');
  });

  it('leads back to where it came from, for every event there is', () => {
    for (const { wireType: wire, service, type, typeVersion } of catalogue.values())
      expect(parseWireType(wire)).toEqual({ service, type, typeVersion });
  });

  it.each(['', 'postrider.dispatch.x', 'postrider.dispatch.x.v0', 'other.dispatch.x.v1', 'postrider.dispatch.X.v1'])(
    'is not any text: "%s"',
    (text) => {
      expect(parseWireType(text)).toBeUndefined();
    },
  );

  it('is read without throwing, whatever the text', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseWireType(text)));
  });
});

describe('an event', () => {
  it('keeps what identifies a person apart from what anyone may see', () => {
    const fields = (schema: unknown) => Object.keys((schema as { shape: object }).shape);
    expect(fields(MessageRequested.personal)).toEqual(expect.arrayContaining(['to', 'payload']));
    const open = new Set(['phone', 'name', 'username', 'text', 'body', 'payload', 'to', 'waId']);
    for (const { data, type } of catalogue.values())
      if (
        data instanceof Object &&
        'shape' in data &&
        ['message', 'contact', 'conversation'].includes(catalogueStream(type))
      )
        expect(fields(data).filter((field) => open.has(field))).toEqual([]);
  });
});

function catalogueStream(type: string): string {
  return [...catalogue.values()].find((definition) => definition.type === type)?.stream ?? '';
}
