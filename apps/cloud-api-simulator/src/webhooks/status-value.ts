import { errorTable } from '../graph/error-table';
import type { StatusJob, Update } from '../world/jobs';
import { secondsOf, type Simulation } from '../world/simulation';
import type { PhoneNumber } from '../world/state';
import type { MessageRecord } from '../world/witness';

/** A `statuses` change of the `messages` field, in the shape of the app's webhook version. */
export function statusUpdate(sim: Simulation, job: StatusJob, phone: PhoneNumber, index: number): Update {
  const { message, status } = job;
  const person = sim.state.people.get(message.userId);
  const { identities } = sim.state.settings;
  const phoneShown = message.phone ?? (identities === 'bsuid' ? undefined : person?.phone);
  const userShown = identities !== 'phone' && !(status === 'failed' && message.phone !== undefined);
  const withContacts = identities !== 'phone' && status !== 'failed';
  const value = {
    messaging_product: 'whatsapp',
    metadata: metadataOf(phone),
    ...(withContacts && { contacts: [contactOf(sim, message, phoneShown, status)] }),
    statuses: [
      {
        id: message.wamid,
        status,
        timestamp: String(secondsOf(sim.nowMs())),
        ...(phoneShown !== undefined && { recipient_id: phoneShown }),
        ...(userShown && { recipient_user_id: message.userId }),
        ...(message.callbackData !== undefined && { biz_opaque_callback_data: message.callbackData }),
        ...conversationOf(sim, message, status),
        ...((status === 'sent' || status === 'delivered') && { pricing: pricingOf(message) }),
        ...(job.code !== undefined && { errors: [webhookError(job.code, job.details)] }),
      },
    ],
  };
  const about = `${status}${job.code === undefined ? '' : ` ${job.code}`} ${message.wamid}`;
  return { wabaId: phone.wabaId, field: 'messages', phoneNumberId: phone.id, value, note: { message, index, about } };
}

export function metadataOf(phone: PhoneNumber): Record<string, string> {
  return { display_phone_number: phone.displayPhoneNumber.replace(/\D/g, ''), phone_number_id: phone.id };
}

function contactOf(
  sim: Simulation,
  message: MessageRecord,
  phone: string | undefined,
  status: string,
): Record<string, unknown> {
  const person = sim.state.people.get(message.userId);
  return {
    profile: {
      name: person?.name ?? `Person ${message.userId.slice(-4)}`,
      ...(person?.username && status !== 'sent' && { username: person.username }),
    },
    ...(phone !== undefined && { wa_id: phone }),
    user_id: message.userId,
  };
}

function pricingOf(message: MessageRecord): Record<string, unknown> {
  return {
    billable: message.pricingType === 'regular',
    pricing_model: 'PMP',
    type: message.pricingType,
    category: message.category,
  };
}

/** Before version 24 always, unique per message; since then only inside a free entry point. */
function conversationOf(sim: Simulation, message: MessageRecord, status: string): Record<string, unknown> {
  const free = message.freeEntryUntilMs;
  if (status === 'failed' || (sim.state.settings.webhookVersion >= 24 && free === undefined)) return {};
  const until = free ?? message.acceptedAtMs + 86_400_000;
  return {
    conversation: {
      id: Buffer.from(message.wamid).toString('hex').slice(-32),
      ...(status === 'sent' && { expiration_timestamp: String(secondsOf(until)) }),
      origin: { type: free === undefined ? message.category : 'referral_conversion' },
    },
  };
}

/** An error as it stands in a webhook. */
export function webhookError(code: number, details?: string): Record<string, unknown> {
  const title = errorTable[code]?.title ?? 'Unknown error';
  return {
    code,
    title,
    message: title,
    error_data: { details: details ?? errorTable[code]?.details ?? title },
    href: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes/',
  };
}
