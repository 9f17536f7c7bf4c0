import { parseExactJson } from './exact-json';

const value = (text: string) => {
  const parsed = parseExactJson(text);
  if (!parsed.ok) throw new Error(parsed.because);
  return parsed.value;
};

describe('parseExactJson', () => {
  it.each([
    ['{"id":12345678901234567890}', { id: '12345678901234567890' }],
    ['{"id":9007199254740993}', { id: '9007199254740993' }],
    ['{"id":-9007199254740993}', { id: '-9007199254740993' }],
    ['[9007199254740993,9007199254740994]', ['9007199254740993', '9007199254740994']],
  ])('keeps every digit of %s', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  it.each([
    ['{"id":9007199254740991}', { id: 9007199254740991 }],
    ['{"n":37.44221496582123456789}', { n: 37.44221496582123456789 }],
    ['{"n":1e0000000000000000001}', { n: 10 }],
    ['{"n":1E-0000000000000000001}', { n: 0.1 }],
    ['{"n":12345678901234567890.5}', { n: 12345678901234567890.5 }],
  ])('leaves the number in %s a number', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  it('leaves digits inside texts alone, whatever is escaped round them', () => {
    const text = String.raw`{"a":"\" 12345678901234567890 \\","b":12345678901234567890,"c":"\\\" 1"}`;
    expect(value(text)).toEqual({ a: '" 12345678901234567890 \\', b: '12345678901234567890', c: '\\" 1' });
  });

  it.each([
    ['not-utf8', new Uint8Array([0x22, 0xff, 0x22])],
    ['not-json', '{"a":'],
    ['not-json', '"without an end'],
    ['not-json', ''],
    ['too-deep', '['.repeat(100) + ']'.repeat(100)],
    ['too-deep', '['.repeat(3_000_000)],
    ['too-dense', `[${'{},'.repeat(1_000_000)}{}]`],
  ])('refuses what is %s with that code', (code, input) => {
    expect(parseExactJson(input)).toMatchObject({ ok: false, code });
  });

  it('takes a body of 3 MB within a second', () => {
    const message = { id: 'wamid.x', timestamp: '1', type: 'text', from: '1', text: { body: 'ä'.repeat(200) } };
    const text = JSON.stringify({ object: 'o', entry: Array.from({ length: 9_000 }, () => message) });
    const started = process.cpuUsage();
    expect(parseExactJson(text).ok).toBe(true);
    expect(process.cpuUsage(started).user).toBeLessThan(1_000_000);
  });
});
