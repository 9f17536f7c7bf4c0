import { isUserId, type UserPreference } from '@postrider/cloud-api-payloads';
import { PreferenceReported } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import { instantOf, personalOf, whereabouts, type Fact, type Reading } from './fact';

/** A person stopped or resumed marketing, in WhatsApp itself. */
export function translatePreference(
  reading: Reading,
  { phoneNumberId, preference }: { phoneNumberId: string; preference: UserPreference },
): Fact {
  const { wa_id: waId, user_id: userId, parent_user_id: parentUserId, category, value, timestamp } = preference;
  const phone = waId !== undefined && !isUserId(waId) ? waId : undefined;
  const person = {
    ...(phone === undefined ? {} : { phone }),
    ...(userId === undefined ? (waId !== undefined && phone === undefined ? { userId: waId } : {}) : { userId }),
    ...(parentUserId === undefined ? {} : { parentUserId }),
  };
  const { place, ...stream } = whereabouts(reading, phoneNumberId, person);
  return {
    id: derivedId.fact('preference', place.senderId, stream.orderingKey, category, value, timestamp),
    ...stream,
    event: PreferenceReported.of(
      { ...place, happenedAt: instantOf(reading, timestamp), category, value },
      personalOf(person),
    ),
  };
}
