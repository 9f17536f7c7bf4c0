import fc from 'fast-check';
import { whoIsWho, type AliasChange, type Evidence, type Sighting } from './who-is-who';

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
const seen = (phoneKey: string, userKey: string, minute: number): Sighting => ({ phoneKey, userKey, at: at(minute) });
const change = (previous: string[], current: string[], minute: number): AliasChange => ({
  ...{ previous, current, at: at(minute) },
});
const evidence = (over: Partial<Evidence>): Evidence => ({ aliases: [], sightings: [], changes: [], ...over });
/** Whose an alias was at a minute. */
const personAt = (known: Evidence) => {
  const periods = whoIsWho(known);
  return (aliasKey: string, minute: number): string =>
    periods.find(
      (period) =>
        period.aliasKey === aliasKey &&
        (period.since === null || period.since <= at(minute)) &&
        (period.until === null || at(minute) < period.until),
    )!.person;
};

describe('who is who', () => {
  it('aliases that were never shown together are people of their own', () => {
    const person = personAt(evidence({ aliases: ['p.1', 'u.1'] }));
    expect([person('p.1', 0), person('u.1', 0)]).toEqual(['p.1', 'u.1']);
  });

  it('a number and a user id that were shown together are one person, before and after, by the number', () => {
    const person = personAt(evidence({ sightings: [seen('p.1', 'u.1', 10)] }));
    expect([person('p.1', 0), person('p.1', 20), person('u.1', 0)]).toEqual(['p.1', 'p.1', 'p.1']);
  });

  it('somebody who moves to another number stays the same, and who gets the old number is another', () => {
    const person = personAt(evidence({ changes: [change(['p.1'], ['p.2'], 10)] }));
    expect([person('p.1', 9), person('p.2', 10)]).toEqual(['p.1', 'p.1']);
    expect(person('p.1', 10)).not.toBe('p.1');
    expect(person('p.2', 9)).toBe('p.2');
  });

  it('a number shown with another user id has changed hands', () => {
    const person = personAt(evidence({ sightings: [seen('p.1', 'u.1', 0), seen('p.1', 'u.2', 10)] }));
    expect([person('p.1', 9), person('u.1', 20)]).toEqual(['p.1', 'p.1']);
    expect([person('p.1', 10), person('u.2', 0)]).toEqual(['u.2', 'u.2']);
  });

  it('a user id that was renewed is the same person under the same number', () => {
    const sightings = [seen('p.1', 'u.1', 0), seen('p.1', 'u.2', 10)];
    const person = personAt(evidence({ sightings, changes: [change(['p.1', 'u.1'], ['u.2'], 8)] }));
    expect([person('p.1', 0), person('p.1', 20), person('u.1', 0), person('u.2', 0)]).toEqual(Array(4).fill('p.1'));
  });

  it('one who moved and was given a new user id is followed through both', () => {
    const sightings = [seen('p.1', 'u.1', 0), seen('p.1', 'u.9', 30), seen('p.2', 'u.2', 20)];
    const person = personAt(evidence({ sightings, changes: [change(['p.1', 'u.1'], ['p.2', 'u.2'], 10)] }));
    expect([person('p.2', 15), person('u.2', 0), person('u.1', 0)]).toEqual(['p.1', 'p.1', 'p.1']);
    expect([person('p.1', 30), person('u.9', 0)]).toEqual(['u.9', 'u.9']);
  });
});

const phone = fc.constantFrom('p.1', 'p.2', 'p.3');
const user = fc.constantFrom('u.1', 'u.2', 'u.3');
const minute = fc.integer({ min: 0, max: 12 });
const anyEvidence = fc.record({
  aliases: fc.array(fc.oneof(phone, user), { maxLength: 4 }),
  sightings: fc.array(
    fc.tuple(phone, user, minute).map((given) => seen(...given)),
    { maxLength: 6 },
  ),
  changes: fc.array(
    fc
      .tuple(fc.uniqueArray(fc.oneof(phone, user), { minLength: 1, maxLength: 2 }), fc.oneof(phone, user), minute)
      .map(([previous, current, when]) => change(previous, [current], when)),
    { maxLength: 4 },
  ),
});

describe('whatever is known', () => {
  it('says the same in any order and repetition', () => {
    fc.assert(
      fc.property(anyEvidence, fc.integer(), (known, seed) => {
        const shuffled = <T>(items: readonly T[]): T[] =>
          [...items, ...items.slice(0, 2)].sort((a, b) => hash(seed, a) - hash(seed, b));
        const { aliases, sightings, changes } = known;
        const again = { aliases: shuffled(aliases), sightings: shuffled(sightings), changes: shuffled(changes) };
        expect(whoIsWho(again)).toEqual(whoIsWho(known));
      }),
    );
  });

  it('gives each alias one person at each time', () => {
    fc.assert(
      fc.property(anyEvidence, (known) => {
        const all = whoIsWho(known);
        for (const key of new Set(all.map(({ aliasKey }) => aliasKey))) {
          const periods = all.filter(({ aliasKey }) => aliasKey === key);
          expect(periods[0]!.since).toBeNull();
          expect(periods.at(-1)!.until).toBeNull();
          for (const [index, { until }] of periods.slice(0, -1).entries()) {
            expect(until).toBe(periods[index + 1]!.since);
            expect(periods[index]!.since ?? '').not.toBe(until);
          }
        }
      }),
    );
  });
});

/** Any order will do, as long as the seed alone decides it. */
function hash(seed: number, item: unknown): number {
  return [...`${seed} ${JSON.stringify(item)}`].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7);
}
