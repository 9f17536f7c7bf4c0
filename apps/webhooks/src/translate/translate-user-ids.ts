import type { FieldValue } from '@postrider/cloud-api-payloads';
import { derivedId } from '@postrider/keys';
import { instantOf, type Fact, type Reading } from './fact';
import { identityChange } from './translate-system';

type Update = FieldValue<'user_id_update'>['user_id_update'][number];

/** The field that Meta described in spring 2026 and withdrew; user ids change by system messages since. */
export function translateUserId(reading: Reading, phoneNumberId: string, update: Update): Fact {
  const { wa_id: phone, user_id: ids, timestamp } = update;
  const at = timestamp ?? String(Math.floor(reading.receivedAt.getTime() / 1_000));
  const known = phone === undefined ? {} : { phone };
  return identityChange(reading, {
    id: derivedId.fact('user-id', phoneNumberId, ids?.previous ?? '', ids?.current ?? '', timestamp ?? ''),
    phoneNumberId,
    happenedAt: instantOf(reading, at),
    kind: 'user-id-changed',
    previous: { ...known, ...(ids?.previous === undefined ? {} : { userId: ids.previous }) },
    current: { ...known, ...(ids?.current === undefined ? {} : { userId: ids.current }) },
  });
}
