import { z } from 'zod';
import { HealthStatus } from './business-account';
import { graphId } from './success';

const some = z.string().nullish();

/** A business phone number; which members are there depends on the fields asked for. */
export const PhoneNumber = z.looseObject({
  id: graphId,
  display_phone_number: some,
  verified_name: some,
  /** GREEN, YELLOW, RED, NA or UNKNOWN. */
  quality_rating: some,
  code_verification_status: some,
  /** CONNECTED to send. */
  status: some,
  name_status: some,
  new_name_status: some,
  platform_type: some,
  account_mode: some,
  /** STANDARD is 80 messages a second, HIGH 1,000. */
  throughput: z.looseObject({ level: some }).nullish(),
  whatsapp_business_manager_messaging_limit: some,
  messaging_limit_tier: some,
  is_official_business_account: z.boolean().nullish(),
  is_pin_enabled: z.boolean().nullish(),
  is_on_biz_app: z.boolean().nullish(),
  health_status: HealthStatus.nullish(),
  webhook_configuration: z
    .looseObject({ phone_number: some, whatsapp_business_account: some, application: some })
    .nullish(),
});
export type PhoneNumber = z.infer<typeof PhoneNumber>;
