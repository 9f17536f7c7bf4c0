import { isUserId, type Metadata, type Person } from '@postrider/cloud-api-payloads';
import { CallReported } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import { instantOf, NotUnderstood, personalOf, whereabouts, type Fact, type Reading } from './fact';

type Json = Readonly<Record<string, unknown>>;

/** A call's beginning, change or end. The session description is for whoever takes the call, and is not kept. */
export function translateCall(
  reading: Reading,
  { metadata, call }: { metadata: Metadata | undefined; call: Json },
): Fact {
  if (metadata === undefined) throw new NotUnderstood('it does not say which number it came to');
  const id = text(call.id);
  const event = text(call.event) ?? text(call.status);
  const timestamp = text(call.timestamp) ?? (typeof call.timestamp === 'number' ? String(call.timestamp) : undefined);
  if (id === undefined || event === undefined || timestamp === undefined)
    throw new NotUnderstood('a call needs an id, an event and a time');
  const direction = directionOf(call, metadata);
  const person = personOf(call, direction);
  const { place, ...stream } = whereabouts(reading, metadata.phone_number_id, person);
  return {
    id: derivedId.fact('call', place.senderId, id, event),
    ...stream,
    event: CallReported.of(
      {
        ...place,
        happenedAt: instantOf(reading, timestamp),
        callId: id,
        event,
        ...(direction === undefined ? {} : { direction }),
        ...(call.event === 'terminate' && typeof call.status === 'string' ? { outcome: call.status } : {}),
        ...(Number.isSafeInteger(call.duration) ? { durationSeconds: call.duration as number } : {}),
      },
      personalOf(person),
    ),
  };
}

function directionOf(call: Json, { display_phone_number: ours }: Metadata): 'in' | 'out' | undefined {
  if (call.direction === 'USER_INITIATED') return 'in';
  if (call.direction === 'BUSINESS_INITIATED') return 'out';
  // Statuses tell of calls that we make: ringing, accepted, rejected.
  if (call.type === 'call' && call.recipient_id !== undefined) return 'out';
  if (ours === undefined || typeof call.to !== 'string') return undefined;
  return digits(call.to) === digits(ours) ? 'in' : 'out';
}

function personOf(call: Json, direction: 'in' | 'out' | undefined): Person {
  const [address, userId] =
    direction === 'in'
      ? [call.from, call.from_user_id]
      : [call.recipient_id ?? call.to, call.recipient_user_id ?? call.to_user_id];
  const phone = text(address);
  const user = text(userId) ?? (phone !== undefined && isUserId(phone) ? phone : undefined);
  return {
    ...(phone === undefined || isUserId(phone) ? {} : { phone }),
    ...(user === undefined ? {} : { userId: user }),
  };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const digits = (value: string): string => value.replace(/\D/g, '');
