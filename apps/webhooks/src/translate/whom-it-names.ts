import { peopleIn } from '@postrider/cloud-api-payloads';
import { aliasKey } from '@postrider/keys';
import { rawSubject } from '../receipts/day-keys';
import type { Fact, Reading } from './fact';

/** A part can be under 255 keys; what names more people is like a receipt, and lives as short. */
const peopleMost = 200;

/**
 * Whom something names that we do not know the form of, so that the erasure of any of them makes it unreadable. Where
 * nobody can surely be told it is sealed under a key of the day as well, and ends with the receipts of that day.
 */
export function whomItNames(reading: Reading, raw: unknown): Pick<Fact, 'aliasKeys' | 'sealedFor'> {
  const { phones, userIds, certain } = peopleIn(raw);
  const secret = reading.identitySecret;
  const keys = [
    ...phones.map((phone) => aliasKey(secret, { phone })),
    ...userIds.map((userId) => aliasKey(secret, { userId })),
  ];
  const day = rawSubject(reading.receivedAt);
  if (keys.length > peopleMost) return { aliasKeys: [], sealedFor: [day] };
  return certain ? { aliasKeys: keys } : { aliasKeys: keys, sealedFor: [...keys, day] };
}
