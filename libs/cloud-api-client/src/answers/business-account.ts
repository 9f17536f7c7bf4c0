import { z } from 'zod';
import { graphId } from './success';

const some = z.string().nullish();

export const BusinessAccount = z.looseObject({
  id: graphId,
  name: some,
  timezone_id: z.union([z.string(), z.number()]).nullish(),
  currency: some,
  account_review_status: some,
  message_template_namespace: some,
  business_verification_status: some,
  status: some,
  marketing_messages_lite_api_status: some,
  /** The portfolio, where it was asked for and may be seen. */
  owner_business_info: z.looseObject({ id: graphId, name: some }).nullish(),
});
export type BusinessAccount = z.infer<typeof BusinessAccount>;

/** Whether an object can send: the worst of what it depends on. */
export const HealthStatus = z.looseObject({
  can_send_message: z.string(),
  entities: z
    .array(
      z.looseObject({
        entity_type: z.string(),
        id: graphId.optional(),
        can_send_message: z.string(),
        errors: z
          .array(
            z.looseObject({
              error_code: z.union([z.number(), z.string()]).optional(),
              error_description: some,
              possible_solution: some,
            }),
          )
          .nullish(),
        additional_info: z.array(z.string()).nullish(),
      }),
    )
    .optional(),
});
export type HealthStatus = z.infer<typeof HealthStatus>;

/** Where an app's own webhooks go, and which fields it gets. */
export const AppSubscription = z.looseObject({
  object: some,
  callback_url: some,
  active: z.boolean().nullish(),
  fields: z.array(z.looseObject({ name: z.string() })).nullish(),
});
export type AppSubscription = z.infer<typeof AppSubscription>;

export const SubscribedApp = z.looseObject({
  whatsapp_business_api_data: z.looseObject({ id: graphId.optional(), name: some, link: some }).optional(),
  override_callback_uri: some,
});
export type SubscribedApp = z.infer<typeof SubscribedApp>;
