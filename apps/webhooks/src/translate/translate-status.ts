import { detailsOf, momentOf, type MessageStatus, type Person } from '@postrider/cloud-api-payloads';
import { StatusReported } from '@postrider/event-contracts';
import { derivedId, readCallbackToken } from '@postrider/keys';
import { instantOf, personalOf, whereabouts, type Fact, type Reading } from './fact';

/** What became of a message. Its own callback data, under a MAC, names the message and the attempt. */
export function translateStatus(
  reading: Reading,
  { phoneNumberId, person, status }: { phoneNumberId: string; person: Person; status: MessageStatus },
): Fact {
  const { place, ...stream } = whereabouts(reading, phoneNumberId, person);
  const { pricing, conversation, errors } = status;
  const token = status.biz_opaque_callback_data;
  const attempt = token === undefined ? undefined : readCallbackToken(reading.identitySecret, token);
  const expires = believable(reading, conversation?.expiration_timestamp);
  return {
    id: derivedId.fact(
      'status',
      place.senderId,
      status.id,
      status.status,
      status.recipient_type === 'group' ? stream.orderingKey : '',
    ),
    ...stream,
    event: StatusReported.of(
      {
        ...place,
        happenedAt: instantOf(reading, status.timestamp),
        wamid: status.id,
        status: status.status,
        ...attempt,
        ...(pricing === undefined ? {} : { pricing: priceOf(pricing) }),
        ...(expires === undefined ? {} : { conversationExpiresAt: momentOf(expires).toISOString() }),
        ...(errors === undefined ? {} : { errors: errors.map(errorOf) }),
      },
      personalOf(person),
    ),
  };
}

const freeEntryHoursMax = 72 + 24;

/** No window of Meta's is longer than a free entry point's; an end beyond it is an error of the sender. */
function believable(reading: Reading, seconds: string | undefined): string | undefined {
  if (seconds === undefined) return undefined;
  return Number(seconds) * 1_000 <= reading.receivedAt.getTime() + freeEntryHoursMax * 3_600_000 ? seconds : undefined;
}

function priceOf({ billable, pricing_model: model, type, category }: NonNullable<MessageStatus['pricing']>) {
  return {
    ...(billable === undefined ? {} : { billable }),
    ...(model === undefined ? {} : { model }),
    ...(type === undefined ? {} : { type }),
    ...(category === undefined ? {} : { category }),
  };
}

function errorOf(error: NonNullable<MessageStatus['errors']>[number]) {
  const details = detailsOf(error);
  return {
    code: error.code,
    ...(error.title === undefined ? {} : { title: error.title }),
    ...(details === undefined ? {} : { details }),
  };
}
