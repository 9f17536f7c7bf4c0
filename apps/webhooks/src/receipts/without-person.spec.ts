import { withoutPerson } from './without-person';

const isAnna = (text: string): boolean => text === '34600000001' || text === 'ES.anna';
const delivery = (value: object) =>
  JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field: 'messages', value }] }],
  });
const metadata = { phone_number_id: '3', display_phone_number: '15550100001' };

describe('a delivery without a person', () => {
  it('keeps what is about others, in its place', () => {
    const text = (from: string) => ({ from, id: `wamid.${from}`, text: { body: 'hello' } });
    const before = delivery({
      metadata,
      contacts: [{ wa_id: '34600000001', profile: { name: 'Anna' } }, { wa_id: '34600000002' }],
      messages: [text('34600000001'), text('34600000002')],
      statuses: [{ recipient_id: '34600000001' }, { recipient_user_id: 'ES.anna' }, { recipient_id: '34600000002' }],
    });
    expect(withoutPerson(before, isAnna)).toBe(
      delivery({
        metadata,
        contacts: [{ wa_id: '34600000002' }],
        messages: [text('34600000002')],
        statuses: [{ recipient_id: '34600000002' }],
      }),
    );
  });

  it('is the same where it is about others alone, or is no JSON', () => {
    expect(withoutPerson(delivery({ metadata, messages: [{ from: '34600000002' }] }), isAnna)).toBeUndefined();
    expect(withoutPerson('no json 34600000001', isAnna)).toBeUndefined();
  });

  it('drops the change that names them outside of any list', () => {
    const change = delivery({ metadata, user: '34600000001' });
    expect(JSON.parse(withoutPerson(change, isAnna)!).entry[0].changes).toEqual([]);
  });
});
