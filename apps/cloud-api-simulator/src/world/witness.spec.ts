import { Witness, type MessageRecord } from './witness';

const message = (n: number): Omit<MessageRecord, 'seq'> => ({
  wamid: `wamid.${n}`,
  phoneNumberId: n % 2 === 0 ? 'even' : 'odd',
  input: `+${n}`,
  phone: String(n),
  userId: `DE.${n}`,
  type: 'text',
  category: 'service',
  pricingType: 'regular',
  viaMarketingApi: false,
  acceptedAtMs: n,
  body: '{}',
  statuses: [],
});

describe('the witness', () => {
  it('forgets the oldest beyond what it keeps, and still counts them', () => {
    const witness = new Witness(() => 15_000);
    for (let n = 1; n <= 40_000; n += 1) witness.add(message(n));
    expect(witness.total).toBe(40_000);
    expect(witness.find('wamid.25000')).toBeUndefined();
    expect(witness.find('wamid.25001')).toMatchObject({ seq: 25_001 });
    expect(witness.query({ limit: 100_000 })).toHaveLength(15_000);
  });

  it('pages by sequence number, and finds by address and number', () => {
    const witness = new Witness(() => 100);
    for (let n = 1; n <= 150; n += 1) witness.add(message(n));
    expect(witness.query({ after: 120, limit: 2 }).map((one) => one.seq)).toEqual([121, 122]);
    expect(witness.query({ after: 10, limit: 1 }).map((one) => one.seq)).toEqual([51]);
    expect(witness.query({ after: 150, limit: 1 })).toEqual([]);
    for (const to of ['99', '+99', 'DE.99'])
      expect(witness.query({ to, limit: 9 }).map((one) => one.seq)).toEqual([99]);
    expect(witness.query({ phoneNumberId: 'odd', limit: 99 })).toHaveLength(50);
    expect(witness.newest(2).map((one) => one.seq)).toEqual([150, 149]);
  });
});
