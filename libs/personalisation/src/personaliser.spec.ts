import fc from 'fast-check';
import { LiquidProblem, personaliser } from './personaliser';

describe('a variable', () => {
  it('is filled from the data, with filters, conditions and defaults', () => {
    const { asks, fill } = personaliser({
      name: '{{ name | default: "friend" | capitalize }}',
      order: '{{ order.id }}',
      greeting: '{% if vip %}Dear{% else %}Hello{% endif %}',
    });
    expect(asks).toEqual(['name', 'order', 'vip']);
    expect(fill({ order: { id: 7 } })).toEqual({
      ok: true,
      values: { name: 'Friend', order: '7', greeting: 'Hello' },
    });
    expect(personaliser(['{{ a }}', 'b']).fill({ a: 'x' })).toEqual({ ok: true, values: ['x', 'b'] });
  });

  it('of names alone comes out as Liquid makes it, whatever they hold', () => {
    const held = fc.oneof(
      fc.string(),
      fc.string({ unit: 'grapheme' }),
      fc.integer(),
      fc.constantFrom(0.1, true, null, {}),
    );
    const inLiquid = personaliser(['to {% if true %}{{ a }}{% endif %}, {{b}}!']);
    const plain = personaliser(['to {{ a }}, {{b}}!']);
    fc.assert(fc.property(held, held, (a, b) => expect(plain.fill({ a, b })).toEqual(inLiquid.fill({ a, b }))));
    for (const lacking of [{ a: 'x' }, { a: 'x', B: 'y' }]) {
      expect(plain.fill(lacking)).toMatchObject({ ok: false, missing: 'b' });
    }
    expect(personaliser(['{{ empty }}{{ nil }}{{ a }}']).fill({ a: 'x', nil: 'y', empty: 'z' })).toMatchObject({
      values: ['x'],
    });
  });

  it('that the data lacks is named', () => {
    expect(personaliser({ city: 'in {{ town }}' }).fill({ name: 'Ada' })).toMatchObject({
      ok: false,
      variable: 'city',
      missing: 'town',
    });
  });

  it.each([
    ['empty', '{% if false %}x{% endif %}', 'it comes out empty'],
    ['too long', '{{ long }}', 'longer than 1024'],
  ])('that comes out %s is refused', (_, liquid, because) => {
    const filled = personaliser([liquid]).fill({ long: 'x'.repeat(2_000) });
    expect(filled).toMatchObject({ ok: false, because: expect.stringContaining(because) });
  });
});

describe('the sandbox', () => {
  it.each(['{% include "/etc/passwd" %}', '{% render "x" %}', '{% layout "x" %}', '{{ a | nosuch }}', '{{ a'])(
    'cannot read %s',
    (liquid) => {
      expect(() => personaliser([liquid])).toThrow(LiquidProblem);
    },
  );

  it('ends what would never end, and shows nothing of JavaScript', () => {
    const endless = '{% for i in (1..1000000000) %}{{ i }}{% endfor %}';
    expect(personaliser([endless]).fill({})).toMatchObject({ ok: false });
    for (const inner of ['{{ name.constructor }}', '{{ constructor }}', '{{ __proto__.x }}', '{{ toString }}']) {
      expect(personaliser([inner]).fill({ name: 'Ada' })).toMatchObject({ ok: false });
    }
  });
});

describe('what is filled', () => {
  it('names the whole way to what the data lacks', () => {
    expect(personaliser(['x', '{{ order.id }}']).fill({ order: {} })).toMatchObject({
      ok: false,
      variable: '1',
      missing: 'order.id',
    });
  });

  it('is the same each time: no clock, no chance, no place', () => {
    for (const liquid of ['{{ "now" | date: "%Y" }}', '{{ "today" | date: "%s" }}'])
      expect(personaliser([liquid]).fill({})).toMatchObject({ ok: false });
    expect(() => personaliser(['{{ list | sample }}'])).toThrow(LiquidProblem);
    const at = personaliser(['{{ at | date: "%Y-%m-%d %H:%M" }}']).fill({ at: '2026-01-15T23:30:00Z' });
    expect(at).toEqual({ ok: true, values: ['2026-01-15 23:30'] });
  });

  it('takes no data for Liquid, and never throws, whatever the data holds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), (data, name) => {
        const filled = personaliser(['{{ name }}']).fill({ ...data, name: `x${name}{{ secret }}` });
        if (filled.ok) expect(Object.values(filled.values)[0]).toBe(`x${name}{{ secret }}`.trim());
      }),
    );
  });

  it('quotes nothing of the data in a refusal', () => {
    const filled = personaliser(['{{ name | plus: other.thing }}']).fill({ name: 'Ada Lovelace' });
    expect(JSON.stringify(filled)).not.toContain('Lovelace');
  });
});
