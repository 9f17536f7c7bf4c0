import fc from 'fast-check';
import { peopleIn } from './people-in';

const phone = fc.stringMatching(/^[2-9]\d{8,13}$/);
const userId = fc.stringMatching(/^[A-Z]{2}\.[A-Za-z0-9]{12,20}$/);

describe('the people in something of unknown form', () => {
  it('are found at any depth, under any name, in lists, in words and as names of members', () => {
    fc.assert(
      fc.property(phone, userId, fc.stringMatching(/^[a-z]{3,8}$/), (number, id, member) => {
        const forms: unknown[] = [
          { [member]: { deep: [{ news: number }] }, who: id },
          [number, [id]],
          { [member]: `about ${number}, that is ${id}.` },
          { [number]: { [id]: true } },
          { news: [Number(number)], who: { current: id } },
          `{"from":"${number}","user_id":"${id}","broken`,
        ];
        for (const form of forms) expect(peopleIn(form)).toMatchObject({ phones: [number], userIds: [id] });
      }),
    );
  });

  it.each([
    ['what a known member says', { messages: [{ from: '34600456701' }] }, ['34600456701'], true],
    ['a wa_id', { news: { wa_id: '15551230001' } }, ['15551230001'], true],
    ['a number with a plus, as people write it', { a: 'call +34 600-456 701 now' }, ['34600456701'], true],
    ['digits, which may be something else', { subject: '34600456701' }, ['34600456701'], false],
  ])('are sure or not: %s', (_, raw, phones, certain) => {
    expect(peopleIn(raw)).toEqual({ phones, userIds: [], certain });
  });

  it('takes no digits of a user id for a number', () => {
    const userIds = ['AA.a0a2000000a0'];
    expect(peopleIn({ said: `that is ${userIds[0]}.` })).toEqual({ phones: [], userIds, certain: true });
    expect(peopleIn({ who: userIds[0] })).toEqual({ phones: [], userIds, certain: true });
  });

  it.each([
    [{ timestamp: '1764374400', at: 4_764_374_400, sent: '1764374400', ms: 1_764_374_400_000 }],
    [{ metadata: { display_phone_number: '34911000000', phone_number_id: '301234567890123' } }],
    [{ id: '234567890', catalog_id: 234567890, error_code: 2345678, price: 2345678.5 }],
    [{ parent_user_id: 'US.ENT.11815799212886844830' }],
    [null],
  ])('are not: times, our own numbers, ids and codes: %j', (raw) => {
    expect(peopleIn(raw)).toEqual({ phones: [], userIds: [], certain: false });
  });

  it('comes to an end with what is nested without one', () => {
    const nested = Array.from({ length: 5_000 }).reduce<unknown>((inner) => [inner], '34600456701');
    expect(peopleIn(nested).phones).toEqual([]);
  });
});
