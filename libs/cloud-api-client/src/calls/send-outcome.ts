import type { ClassifiedError } from '../errors/classified-error';
import type { Reading } from '../transport/read-answer';
import { refusedHere } from './refused-here';

/** Meta took the message for processing: not yet that it is sent. */
export interface Accepted {
  readonly kind: 'accepted';
  readonly wamid: string;
  /** The number as WhatsApp writes it, where the message went to a phone. */
  readonly waId?: string;
  /** Where the message went to a user id. */
  readonly userId?: string;
  /** accepted, held_for_quality_assessment or paused; templates only. */
  readonly messageStatus?: string;
}
export type SendOutcome =
  | Accepted
  /** Meta surely did not take it. */
  | { readonly kind: 'rejected'; readonly error: ClassifiedError }
  /** Nothing of it left this machine. */
  | { readonly kind: 'not-sent'; readonly error: ClassifiedError }
  /** Meta may or may not have taken it; sending again may send it twice. */
  | { readonly kind: 'unknown'; readonly error: ClassifiedError };

type Json = Record<string, unknown>;
const first = (value: unknown): Json => {
  const item: unknown = Array.isArray(value) ? value[0] : undefined;
  return typeof item === 'object' && item !== null ? (item as Json) : {};
};
const text = (key: string, value: unknown) => (typeof value === 'string' && value !== '' ? { [key]: value } : {});

/** Reads what a send call gave. A success without a message id says nothing: its outcome is unknown. */
export function sendOutcome(reading: Reading): SendOutcome {
  if (reading.kind !== 'answered') return reading;
  const message = first(reading.value.messages);
  const contact = first(reading.value.contacts);
  if (typeof message.id !== 'string' || message.id === '') {
    const error = refusedHere('unexpected-answer', 'The answer has no message id', 'messages[0].id');
    return { kind: 'unknown', error: { ...error, surelyRejected: false, remedy: 'Wait for a status of the message' } };
  }
  return {
    kind: 'accepted',
    wamid: message.id,
    ...text('waId', contact.wa_id),
    ...text('userId', contact.user_id),
    ...text('messageStatus', message.message_status),
  };
}
