import fc from 'fast-check';
import { v5 } from 'uuid';
import { derivedId } from './derived-ids';

const workspace = '01900000-0000-7000-8000-000000000001';
const another = '01900000-0000-7000-8000-000000000002';

describe('a derived id', () => {
  it('never changes between releases, since streams stand under it', () => {
    expect(derivedId.account(workspace, '2000000000000001')).toBe('cfee4296-4b8a-5b06-8e27-d3a590461dcd');
    expect(derivedId.sender(workspace, '3000000000000001')).toBe('194c9733-01a4-5e0d-a7ab-90d948644c5d');
  });

  it('is a UUID of version 5 as others make it', () => {
    const namespace = '6f1d8b0e-3c1e-5f0a-9b7e-70c5d0a1c0de';
    const part = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(part, part, (a, b) =>
        expect(derivedId.fact(a, b)).toBe(v5(['fact', a, b].join('\u0000'), namespace)),
      ),
    );
  });

  it('differs by what it is for, by workspace and by name', () => {
    const ids = [
      ...[
        derivedId.account,
        derivedId.portfolio,
        derivedId.sender,
        derivedId.channel,
        derivedId.policy,
        derivedId.contact,
      ].map((make) => make(workspace, 'x')),
      derivedId.account(another, 'x'),
      derivedId.account(workspace, 'y'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('does not run the parts into one another', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (a, b) => {
        fc.pre(!a.includes('\0') && !b.includes('\0'));
        expect(derivedId.fact(a, b)).not.toBe(derivedId.fact(a + b));
        expect(derivedId.fact(a, b)).not.toBe(derivedId.fact(`${a}${b.slice(0, 1)}`, b.slice(1)));
      }),
    );
  });

  it('of a reaction is one for each event and name', () => {
    expect(derivedId.reaction(workspace, 'resume')).toBe(derivedId.reaction(workspace, 'resume'));
    expect(derivedId.reaction(workspace, 'resume')).not.toBe(derivedId.reaction(workspace, 'pause'));
  });
});
