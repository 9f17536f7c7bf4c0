import { aliasKey } from '@postrider/keys';
import { change, entry, messagesChange, phoneNumberId, textMessage } from '../testing/deliveries';
import { factsOf, only, reading } from '../testing/translated';

const key = (phone: string) => aliasKey(reading.identitySecret, { phone });
const day = `raw ${reading.receivedAt.toISOString().slice(0, 10)}`;
const number = { metadata: { display_phone_number: '15550100001', phone_number_id: phoneNumberId } };

describe('what is kept raw', () => {
  it('is under the keys of the people whom it surely names', () => {
    const broken = textMessage({ from: '34600456701', timestamp: 'poison' });
    const fact = only(factsOf(entry([messagesChange({ contacts: [], messages: [broken] })])));
    expect(fact.event.type).toBe('UnrecognisedChangeReceived');
    const userId = aliasKey(reading.identitySecret, { userId: String(broken.from_user_id) });
    expect(fact.aliasKeys).toEqual([key('34600456701'), userId]);
    expect(fact).not.toHaveProperty('sealedFor');
  });

  it('is under the key of the day as well where digits may be a person', () => {
    const fact = only(factsOf(entry([change('new_field', { subject: '34600456701', said: 'words' })])));
    expect(fact.aliasKeys).toEqual([key('34600456701')]);
    expect(fact.sealedFor).toEqual([key('34600456701'), day]);
  });

  it.each([
    ['nobody', { said: 'Anselma was here' }],
    ['more people than a part has keys', { people: Array.from({ length: 300 }, (_, at) => `+3460000${1_000 + at}`) }],
  ])('is under the key of the day where it names %s', (_, value) => {
    const fact = only(factsOf(entry([change('new_field', value)])));
    expect([fact.aliasKeys, fact.sealedFor]).toEqual([[], [day]]);
  });

  it('says of a defect what kind it is and no more', () => {
    const broken = textMessage({ from: '34600456701', timestamp: '99999999999', text: { body: 'words' } });
    const { data } = only(factsOf(entry([messagesChange({ contacts: [], messages: [broken] })]))).event;
    expect(JSON.stringify(data)).not.toMatch(/34600456701|99999999999|words/);
  });
});

describe('a group', () => {
  it('is told of under the keys of its participants', () => {
    const group = {
      ...{ timestamp: '1700000000', group_id: 'g1', type: 'group_participants_add' },
      added_participants: [{ wa_id: '34600456701' }, { input: '34600456702' }],
    };
    const fact = only(factsOf(entry([change('group_participants_update', { ...number, groups: [group] })])));
    expect(fact.aliasKeys).toEqual([key('34600456701'), key('34600456702')]);
  });
});
