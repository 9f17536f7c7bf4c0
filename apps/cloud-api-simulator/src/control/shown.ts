import type { Delivery, DeliveryLog } from '../webhooks/delivery-log';
import type { MessageRecord } from '../world/witness';

/** An accepted message as `GET /_sim/messages` shows it. */
export function showMessage(message: MessageRecord, log: DeliveryLog) {
  const at = (ms: number): string => new Date(ms).toISOString();
  return {
    seq: message.seq,
    wamid: message.wamid,
    phoneNumberId: message.phoneNumberId,
    to: message.input,
    waId: message.phone,
    userId: message.userId,
    type: message.type,
    category: message.category,
    templateId: message.templateId,
    callbackData: message.callbackData,
    acceptedAt: at(message.acceptedAtMs),
    heldForQuality: message.heldForQuality ?? false,
    body: readBody(message.body),
    statuses: message.statuses.map((status) => ({
      status: status.status,
      at: at(message.acceptedAtMs + status.afterMs),
      code: status.code,
      deliveries: status.deliveries,
    })),
    webhooks: [...new Set(message.statuses.flatMap((status) => status.deliveries))].map((id) => showBriefly(id, log)),
  };
}

/** A webhook POST in a line; the whole of it is under its id in `GET /_sim/deliveries`. */
function showBriefly(id: number, log: DeliveryLog) {
  const delivery = log.find(id);
  if (!delivery) return { id, state: 'forgotten' };
  return {
    id,
    url: delivery.url,
    state: delivery.state,
    answers: delivery.attempts.map((attempt) => attempt.status ?? attempt.error),
  };
}

function readBody(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** A webhook POST as `GET /_sim/deliveries` shows it, with the exact bytes as text. */
export function showDelivery(delivery: Delivery) {
  const { createdAtMs, attempts, ...rest } = delivery;
  return {
    ...rest,
    createdAt: new Date(createdAtMs).toISOString(),
    attempts: attempts.map(({ atMs, ...attempt }) => ({ at: new Date(atMs).toISOString(), ...attempt })),
  };
}
