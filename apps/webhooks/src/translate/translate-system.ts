import type { Person } from '@postrider/cloud-api-payloads';
import { IdentityChangeReported } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import { instantOf, keysOf, NotUnderstood, personalOf, whereabouts, type Fact, type Reading } from './fact';
import type { Inbound } from './translate-message';

/** A person's new number or user id, or a number that changed hands, told as a message of type `system`. */
export function translateSystem(reading: Reading, { phoneNumberId, person, message }: Inbound): Fact {
  const system = message.system ?? {};
  const id = derivedId.fact('identity', phoneNumberId, message.id);
  const happenedAt = instantOf(reading, message.timestamp);
  const kind = kinds[system.type ?? ''];
  if (kind === undefined) throw new NotUnderstood(`a system message of type ${system.type ?? 'none'}`);
  const current = present({ phone: system.wa_id ?? system.new_wa_id, userId: system.user_id });
  const previous = present({
    phone: person.phone,
    userId: system.previous_user_id ?? (kind === 'user-id-changed' ? undefined : person.userId),
  });
  return identityChange(reading, {
    id,
    phoneNumberId,
    happenedAt,
    kind,
    previous,
    current: kind === 'identity-changed' ? previous : current,
  });
}

export type IdentityChangeKind = 'number-changed' | 'user-id-changed' | 'identity-changed';

const kinds: Readonly<Record<string, IdentityChangeKind | undefined>> = {
  user_changed_number: 'number-changed',
  customer_changed_number: 'number-changed',
  user_changed_user_id: 'user-id-changed',
  customer_identity_changed: 'identity-changed',
};

/** Filed under who the person was, so that it stands in order with what they wrote before. */
export function identityChange(
  reading: Reading,
  change: {
    id: string;
    phoneNumberId: string;
    happenedAt: string;
    kind: IdentityChangeKind;
    previous: Person;
    current: Person;
  },
): Fact {
  const { id, phoneNumberId, happenedAt, kind, previous, current } = change;
  const previousAliasKeys = keysOf(reading, previous);
  const currentAliasKeys = keysOf(reading, current);
  const { place, streamId, orderingKey } = whereabouts(
    reading,
    phoneNumberId,
    previousAliasKeys[0] ? previous : current,
  );
  return {
    id,
    streamId,
    orderingKey,
    aliasKeys: [...new Set([...previousAliasKeys, ...currentAliasKeys])],
    event: IdentityChangeReported.of(
      { ...place, happenedAt, kind, previousAliasKeys, currentAliasKeys },
      { previous: personalOf(previous), current: personalOf(current) },
    ),
  };
}

const present = (person: { phone: string | undefined; userId: string | undefined }): Person => ({
  ...(person.phone === undefined ? {} : { phone: person.phone }),
  ...(person.userId === undefined ? {} : { userId: person.userId }),
});
