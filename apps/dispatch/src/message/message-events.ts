import type {
  AttemptFailed,
  AttemptNotSent,
  DuplicateSendDetected,
  EventOf,
  MessageAccepted,
  MessageCancelled,
  MessageExpired,
  MessageFailed,
  MessageHeld,
  MessageRefused,
  MessageReleased,
  MessageRequested,
  OutcomeResolved,
  OutcomeUnknown,
  SendAttempted,
} from '@postrider/event-contracts';

/** Everything that can stand in a message's stream. */
export type MessageEvent =
  | EventOf<typeof MessageRequested>
  | EventOf<typeof MessageRefused>
  | EventOf<typeof MessageHeld>
  | EventOf<typeof MessageReleased>
  | EventOf<typeof SendAttempted>
  | EventOf<typeof AttemptNotSent>
  | EventOf<typeof MessageAccepted>
  | EventOf<typeof AttemptFailed>
  | EventOf<typeof OutcomeUnknown>
  | EventOf<typeof OutcomeResolved>
  | EventOf<typeof DuplicateSendDetected>
  | EventOf<typeof MessageFailed>
  | EventOf<typeof MessageCancelled>
  | EventOf<typeof MessageExpired>;

export type Request = EventOf<typeof MessageRequested>;
