import {
  readMessages,
  senderOf,
  ThreadOwners,
  type FieldValue,
  type InboundMessage,
} from '@postrider/cloud-api-payloads';
import { ThreadControlReported } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import { instantOf, personalOf, whereabouts, type Fact, type Reading } from './fact';

/** A thread passed to another, or taken. The member that `type` names says whose it was and whose it is. */
export function translateHandover(
  reading: Reading,
  { value, raw }: { value: FieldValue<'messaging_handovers'>; raw: Readonly<Record<string, unknown>> },
): Fact {
  const { recipient, sender, timestamp, type: change } = value;
  const from = sender.wa_id ?? sender.phone_number;
  const said = {
    ...(from === undefined ? {} : { from }),
    ...(sender.user_id === undefined ? {} : { from_user_id: sender.user_id }),
  };
  const person = senderOf(said as InboundMessage, readMessages(raw).contacts);
  const { place, ...stream } = whereabouts(reading, recipient.phone_number_id, person);
  const owners = ThreadOwners.safeParse(raw[change]).data;
  const previousOwner = owners?.previous_owner_role ?? owners?.previous_owner_app_role;
  const newOwner = owners?.new_owner_role;
  const data = {
    ...{ ...place, happenedAt: instantOf(reading, timestamp), change },
    ...(previousOwner === undefined ? {} : { previousOwner }),
    ...(newOwner === undefined ? {} : { newOwner }),
  };
  return {
    id: derivedId.fact('thread-control', place.senderId, stream.orderingKey, change, timestamp, newOwner ?? ''),
    ...stream,
    event: ThreadControlReported.of(data, personalOf(person)),
  };
}
