import { LiquidProblem, renderer } from './liquid';

describe('a variable', () => {
  it('is filled from the row, with filters, conditions and defaults', () => {
    const { asks, render } = renderer({
      name: '{{ name | default: "friend" | capitalize }}',
      order: '{{ order.id }}',
      greeting: '{% if vip %}Dear{% else %}Hello{% endif %}',
    });
    expect(asks).toEqual(['name', 'order', 'vip']);
    expect(render({ order: { id: 7 } })).toEqual({
      ok: true,
      values: { name: 'Friend', order: '7', greeting: 'Hello' },
    });
    expect(renderer(['{{ a }}', 'b']).render({ a: 'x' })).toEqual({ ok: true, values: ['x', 'b'] });
  });

  it('that the row lacks is named', () => {
    expect(renderer({ city: 'in {{ town }}' }).render({ name: 'Ada' })).toMatchObject({
      ok: false,
      variable: 'city',
      missing: 'town',
    });
  });

  it.each([
    ['empty', '{% if false %}x{% endif %}', 'it comes out empty'],
    ['too long', '{{ long }}', 'longer than 1024'],
  ])('that comes out %s is refused', (_, liquid, because) => {
    const filled = renderer([liquid]).render({ long: 'x'.repeat(2_000) });
    expect(filled).toMatchObject({ ok: false, because: expect.stringContaining(because) });
  });
});

describe('the sandbox', () => {
  it.each(['{% include "/etc/passwd" %}', '{% render "x" %}', '{% layout "x" %}', '{{ a | nosuch }}', '{{ a'])(
    'cannot read %s',
    (liquid) => {
      expect(() => renderer([liquid])).toThrow(LiquidProblem);
    },
  );

  it('ends what would never end, and shows nothing of JavaScript', () => {
    const endless = '{% for i in (1..1000000000) %}{{ i }}{% endfor %}';
    expect(renderer([endless]).render({})).toMatchObject({ ok: false });
    for (const inner of ['{{ name.constructor }}', '{{ constructor }}', '{{ __proto__.x }}', '{{ toString }}']) {
      expect(renderer([inner]).render({ name: 'Ada' })).toMatchObject({ ok: false });
    }
  });
});
