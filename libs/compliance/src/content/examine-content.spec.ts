import { holdsCardNumber } from './card-numbers';
import { examineContent, wordsIn } from './examine-content';
import { nationalIdsIn } from './national-ids';

describe('a card number', () => {
  it.each([
    '4111111111111111',
    'card: 5555-5555-5555-4444.',
    'Amex 3782 822463 10005',
    '2223003122003222',
    '6011 1111 1111 1117',
    '3530111333300000',
    '30569309025904',
    '6200000000000005',
  ])('is found in "%s"', (text) => {
    expect(holdsCardNumber(text)).toBe(true);
  });

  it.each([
    ['a wrong check digit', '4111111111111112'],
    ['a tracking number that no issuer begins like', '1Z999AA10123456784'],
    ['part of a longer number', '94111111111111111111112'],
    ['a telephone number', '+49 151 12345678'],
    ['two numbers', '4111 1111, 1111 1111'],
    ['the end of one', '•••• 1111'],
    ['a part of a code', 'AB4111111111111111'],
  ])('is not found in %s', (_, text) => {
    expect(holdsCardNumber(text)).toBe(false);
  });
});

describe('a national identity number', () => {
  it.each([
    ['US SSN', 'My SSN is 219-09-9999'],
    ['BR CPF', 'CPF 529.982.247-25'],
    ['ES DNI', 'DNI 12345678Z'],
    ['ES DNI', 'NIE X1234567L'],
    ['CN resident id', '身份证 11010519491231002X'],
    ['IN Aadhaar', 'Aadhaar 2341 2341 2346'],
    ['MX CURP', 'CURP HEGG560427MVZRRL04'],
    ['IT codice fiscale', 'RSSMRA85T10A562S'],
    ['GB National Insurance number', 'NI AB 12 34 56 C'],
    ['FR NIR', '2 55 08 14 168 025 38'],
  ])('%s is found', (name, text) => {
    expect(nationalIdsIn(text)).toEqual([name]);
  });

  it.each([
    'Order 219099999',
    'Order 000-12-3456',
    '529.982.247-26',
    '12345678A',
    '110105194912310021',
    'Call 612 345 678 or +1 212-555-0100',
    'On 2026-03-10 at 12:00',
    'https://example.com/o/20260310-123456',
    'Code 482913',
  ])('is not found in "%s"', (text) => {
    expect(nationalIdsIn(text)).toEqual([]);
  });
});

describe('the words of a message', () => {
  it('are those that a person reads, in whatever object', () => {
    const template = {
      name: 'order_update',
      language: { code: 'en_US' },
      components: [
        { type: 'header', parameters: [{ type: 'image', image: { link: 'https://example.com/4111111111111111' } }] },
        { type: 'body', parameters: [{ type: 'text', text: 'Anna' }] },
      ],
    };
    expect([...wordsIn(template)]).toEqual(['order_update', 'Anna']);
  });

  it('are examined one by one', () => {
    expect(examineContent(['4111 1111', '1111 1111']).cardNumber).toBe(false);
    expect(examineContent(['219-09-9999', '4111111111111111', '12345678Z', '219-09-9999'])).toEqual({
      cardNumber: true,
      nationalIds: ['US SSN', 'ES DNI'],
      barredGoods: [],
    });
  });
});
