import { z } from 'zod';
import { Problem } from './problem';
import { parseBody, parseId, parseQuery } from './validation';

const To = z.union([z.strictObject({ phone: z.string() }), z.strictObject({ userId: z.string() })]);
const Message = z.object({ channel: z.string(), to: To, priority: z.number().optional() });
const findings = (schema: z.ZodType, raw: unknown): unknown => {
  try {
    parseBody(schema, raw);
  } catch (error) {
    if (error instanceof Problem) return error.members.errors;
    throw error;
  }
  return [];
};

describe('a body', () => {
  it('is taken as the schema has it', () => {
    expect(parseBody(Message, { channel: 'c', to: { phone: '1' } })).toEqual({ channel: 'c', to: { phone: '1' } });
  });

  it('that is missing is told as such', () => {
    expect(findings(Message, undefined)).toEqual([{ path: '', message: expect.any(String) }]);
  });

  it('may not have fields that nobody knows', () => {
    expect(findings(Message, { channel: 'c', to: { phone: '1' }, prioritty: 1 })).toEqual([
      { path: 'prioritty', message: 'there is no such field' },
    ]);
  });

  it('may have them where the schema says so', () => {
    expect(parseBody(z.looseObject({ a: z.string() }), { a: 'x', b: 1 })).toEqual({ a: 'x', b: 1 });
  });

  it('is told what is wrong with the alternative that came closest', () => {
    expect(findings(Message, { channel: 'c', to: { phone: 1 } })).toEqual([
      { path: 'to.phone', message: expect.any(String) },
    ]);
    expect(findings(z.array(Message), [{ channel: 'c', to: { userId: 'u', name: 'x' } }])).toEqual([
      { path: '0.to.name', message: 'there is no such field' },
    ]);
  });

  it('is not quoted in what is wrong with it', () => {
    const Strict = z.object({ phone: z.string().regex(/^\+\d+$/), kind: z.enum(['a', 'b']) });
    expect(JSON.stringify(findings(Strict, { phone: '15550100001', kind: 'secret' }))).not.toMatch(
      /15550100001|secret/,
    );
  });
});

it('reads numbers out of a query string', () => {
  expect(parseQuery(z.object({ limit: z.coerce.number() }), { limit: '7' })).toEqual({ limit: 7 });
});

it('takes an id that is no uuid for one that names nothing', () => {
  expect(() => parseId('x', 'channel')).toThrow('There is no channel with this id.');
});
