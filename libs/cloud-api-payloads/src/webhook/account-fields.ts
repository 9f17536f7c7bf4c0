import { z } from 'zod';
import { some, wireId } from './wire';

const object = z.looseObject({});
const ofNumber = { display_phone_number: wireId.optional() };

/** Fields that tell of the business account, its numbers and what it may do. */
export const accountFields = {
  account_update: z.looseObject({
    event: z.string(),
    phone_number: wireId.optional(),
    country: some,
    violation_info: z.looseObject({ violation_type: some }).optional(),
    restriction_info: z
      .array(z.looseObject({ restriction_type: some, expiration: z.union([z.string(), z.number()]).optional() }))
      .optional(),
    ban_info: z
      .looseObject({
        waba_ban_state: z.union([z.string(), z.array(z.string())]).optional(),
        waba_ban_date: z.union([z.string(), z.number()]).optional(),
      })
      .optional(),
    waba_info: object.optional(),
    volume_tier_info: object.optional(),
    disconnection_info: object.optional(),
  }),
  account_review_update: z.looseObject({ decision: z.string() }),
  account_alerts: z.looseObject({
    entity_type: some,
    entity_id: wireId.optional(),
    alert_info: z
      .looseObject({ alert_severity: some, alert_status: some, alert_type: some, alert_description: some })
      .optional(),
  }),
  account_settings_update: object,
  /** The limit is documented as a text (`TIER_2K`) and seen as an integer. */
  business_capability_update: z.looseObject({
    max_daily_conversation_per_phone: z.union([z.string(), z.number()]).optional(),
    max_daily_conversations_per_business: z.union([z.string(), z.number()]).optional(),
    max_phone_numbers_per_business: z.number().optional(),
    max_phone_numbers_per_waba: z.number().optional(),
  }),
  business_status_update: z.looseObject({ event: some }),
  business_username_update: z.looseObject({ ...ofNumber, username: some, status: z.string() }),
  phone_number_quality_update: z.looseObject({
    ...ofNumber,
    event: z.string(),
    max_daily_conversations_per_business: z.union([z.string(), z.number()]).optional(),
    current_limit: some,
    old_limit: some,
  }),
  phone_number_name_update: z.looseObject({
    ...ofNumber,
    decision: z.string(),
    requested_verified_name: some,
    rejection_reason: some.nullable(),
  }),
  security: z.looseObject({ ...ofNumber, event: z.string(), requester: wireId.optional() }),
  payment_configuration_update: z.looseObject({ configuration_name: some, status: some }),
  partner_solutions: z.looseObject({ event: z.string(), solution_id: wireId.optional(), solution_status: some }),
  flows: z.looseObject({ event: z.string(), message: some, flow_id: wireId.optional() }),
};
