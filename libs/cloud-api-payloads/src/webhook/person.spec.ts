import type { InboundMessage } from './inbound-message';
import type { MessageStatus } from './message-status';
import { isUserId, recipientOf, senderOf } from './person';
import { readItems, WireContact } from './wire';

const message = (members: Partial<InboundMessage>) =>
  ({ id: 'wamid.a', timestamp: '1', type: 'text', ...members }) as InboundMessage;
const status = (members: Partial<MessageStatus>) =>
  ({ id: 'wamid.a', timestamp: '1', status: 'sent', ...members }) as MessageStatus;
const contacts = (...raw: unknown[]) => readItems(WireContact, raw);

describe('who it is about', () => {
  it('joins the message and its contact', () => {
    const known = contacts(
      { wa_id: '2', profile: { name: 'Other' } },
      { wa_id: '1', user_id: 'US.9', parent_user_id: 'US.ENT.9', profile: { name: 'Ann', username: '@ann' } },
    );
    expect(senderOf(message({ from: '1' }), known)).toEqual({
      phone: '1',
      userId: 'US.9',
      parentUserId: 'US.ENT.9',
      name: 'Ann',
      username: '@ann',
    });
  });

  it('is known by user id alone, where there is no phone', () => {
    const known = contacts({ user_id: 'US.9', profile: { name: 'Ann' } });
    expect(senderOf(message({ from_user_id: 'US.9' }), known)).toEqual({ userId: 'US.9', name: 'Ann' });
  });

  it('is known by phone alone, where there is no user id', () => {
    expect(senderOf(message({ from: '1' }), [])).toEqual({ phone: '1' });
  });

  it('takes a user id that stands where a phone does otherwise', () => {
    expect(senderOf(message({ from: 'US.13491208655302741918' }), [])).toEqual({ userId: 'US.13491208655302741918' });
  });

  it('does not give one person the name of another', () => {
    expect(senderOf(message({ from: '1' }), contacts({ wa_id: '2', profile: { name: 'Other' } }))).toEqual({
      phone: '1',
    });
  });

  it('is the participant, where a status comes from a group', () => {
    const seen = status({ recipient_type: 'group', recipient_id: 'Y2Fw', recipient_participant_id: '1' });
    expect(recipientOf(seen, [])).toEqual({ phone: '1' });
  });

  it.each([
    ['US.13491208655302741918', true],
    ['US.ENT.11815799212886844830', true],
    ['15550100100', false],
    ['us.1', false],
  ])('tells whether %s is a user id', (identifier, expected) => {
    expect(isUserId(identifier)).toBe(expected);
  });
});
