import { csvConsents, type ImportDefaults } from './csv-row';

const all: ImportDefaults = { purpose: 'marketing', state: 'granted', source: 'shop' };

describe('a line of consent', () => {
  it.each([
    [
      'has its fields in columns, spelt loosely',
      { Phone: '+491', PURPOSE: 'Marketing', State: 'GRANTED', Source: 'x' },
    ],
    ['names a person by user id', { User_ID: 'DE.1', purpose: 'marketing', state: 'granted', source: 'x' }],
    [
      'takes an empty user id for none',
      { phone: '+491', userId: '', purpose: 'marketing', state: 'granted', source: 'x' },
    ],
  ])('%s', (_, cells) => {
    const given = Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== ''));
    const { read } = csvConsents(Object.keys(cells), {});
    expect(read(given)).toMatchObject({ row: { purpose: 'marketing', state: 'granted', source: 'x' } });
  });

  it('falls back on what holds for all lines, where its cell is empty too', () => {
    const { read, ignored } = csvConsents(['phone', 'state', 'city'], all);
    expect(read({ phone: '+491', city: 'Bonn' })).toEqual({ row: { ...all, contact: { phone: '+491' } } });
    expect(read({ phone: '+491', state: 'revoked' })).toMatchObject({ row: { state: 'revoked' } });
    expect(ignored).toEqual(['city']);
  });

  it('may say the day alone', () => {
    expect(csvConsents(['phone', 'at'], all).read({ phone: '+491', at: '2026-03-01' })).toMatchObject({
      row: { at: '2026-03-01T00:00:00Z' },
    });
  });

  it.each([
    ['has nobody', { state: 'granted' }, 'not-addressable', 'neither'],
    ['has a number that a spreadsheet rounded', { phone: '4.93E+12' }, 'not-addressable', 'letters'],
    ['says neither yes nor no', { phone: '+491', state: 'perhaps' }, 'malformed', 'state'],
    ['says when in no known form', { phone: '+491', at: '1/3/26' }, 'malformed', 'at'],
  ])('is refused where it %s, without quoting it', (_, cells, code, detail) => {
    const { read } = csvConsents(['phone', 'state', 'at'], all);
    expect(read(cells)).toEqual({ code, detail: expect.stringContaining(detail) as string });
  });
});

describe('a file is refused as a whole', () => {
  it.each([
    ['where nobody is named', ['name'], all, 'phone or userId'],
    ['where it is open what was agreed to', ['phone'], { ...all, purpose: undefined }, 'purpose'],
    ['where it is open how that is known', ['phone'], { purpose: 'marketing', state: 'granted' }, 'source'],
  ] as const)('%s', (_, columns, defaults, why) => {
    expect(() => csvConsents(columns, defaults as ImportDefaults)).toThrow(why);
  });
});
