import { z } from 'zod';
import { Metadata, seconds, some, WireContact, wireId } from './wire';

const number = {
  messaging_product: some,
  metadata: Metadata.optional(),
  contacts: z.array(WireContact).optional(),
};
const groups = z.looseObject({
  ...number,
  groups: z.array(z.looseObject({ group_id: some, timestamp: seconds.optional(), type: some, request_id: some })),
});

/** Who answers a thread from now on; `type` names the member that says whose it was. It has no `metadata`. */
const handover = z.looseObject({
  messaging_product: some,
  /** Our number. */
  recipient: Metadata,
  /** The person. */
  sender: z.looseObject({ phone_number: wireId.optional(), wa_id: wireId.optional(), user_id: some }),
  timestamp: seconds,
  type: z.string().min(1),
});

/** What a handover says of the owners, before and after: `ai_agent`, `escalation` … */
export const ThreadOwners = z.looseObject({
  previous_owner_role: some,
  previous_owner_app_role: some,
  previous_owner_app_id: wireId.optional(),
  new_owner_role: some,
  metadata: some,
});

/** One person's choice about marketing, made in WhatsApp itself. */
export const UserPreference = z.looseObject({
  wa_id: wireId.optional(),
  user_id: some,
  parent_user_id: some,
  detail: some,
  category: z.string(),
  /** stop, resume or signup. */
  value: z.string(),
  timestamp: seconds,
});
export type UserPreference = z.infer<typeof UserPreference>;

/** Fields about people, calls and groups, beside `messages`. Lists of items that matter singly are read with `readItems`. */
export const conversationFields = {
  user_preferences: z.looseObject({ ...number, user_preferences: z.array(z.unknown()) }),
  /** Described in spring 2026 and withdrawn since; parsed in case it comes. */
  user_id_update: z.looseObject({
    ...number,
    user_id_update: z.array(
      z.looseObject({
        wa_id: wireId.optional(),
        user_id: z.looseObject({ previous: some, current: some }).optional(),
        timestamp: seconds.optional(),
      }),
    ),
  }),
  calls: z.looseObject({
    ...number,
    calls: z.array(z.looseObject({ id: z.string(), event: some, timestamp: seconds.optional() })).optional(),
    statuses: z.array(z.looseObject({ id: z.string(), status: z.string() })).optional(),
  }),
  history: z.looseObject({ ...number, history: z.array(z.looseObject({})) }),
  smb_app_state_sync: z.looseObject({
    ...number,
    state_sync: z.array(z.looseObject({ type: some, action: some, contact: z.looseObject({}).optional() })),
  }),
  automatic_events: z.looseObject({ ...number, automatic_events: z.array(z.looseObject({ event_name: some })) }),
  tracking_events: z.looseObject({ ...number, events: z.array(z.looseObject({ event_name: some })) }),
  group_lifecycle_update: groups,
  group_participants_update: groups,
  group_settings_update: groups,
  group_status_update: groups,
  messaging_handovers: handover,
};
