import { z } from 'zod';
import { limits } from '../limits';
import { nonEmpty, text } from '../shape';
import { body, footer, header, textHeader } from './interactive-parts';

export const LocationRequest = z.strictObject({
  type: z.literal('location_request_message'),
  body,
  action: z.strictObject({ name: z.literal('send_location') }),
});

/** Asks for a delivery address; numbers of India only. */
export const AddressRequest = z.strictObject({
  type: z.literal('address_message'),
  header: header.optional(),
  body,
  footer: footer.optional(),
  action: z.strictObject({
    name: z.literal('address_message'),
    parameters: z.looseObject({ country: z.string().length(2, 'must be a country of two letters') }),
  }),
});

export const VoiceCall = z.strictObject({
  type: z.literal('voice_call'),
  header: textHeader.optional(),
  body,
  footer: footer.optional(),
  action: z.strictObject({
    name: z.literal('voice_call'),
    parameters: z
      .strictObject({
        display_text: text(limits.voiceCall.displayText).optional(),
        ttl_minutes: z.int().min(1).max(limits.voiceCall.ttlMinutesMax).optional(),
        payload: nonEmpty.max(512).optional(),
      })
      .optional(),
  }),
});

export const CallPermissionRequest = z.strictObject({
  type: z.literal('call_permission_request'),
  body: body.optional(),
  action: z.strictObject({ name: z.literal('call_permission_request') }),
});

/** Named `contact_request` until May 2026; the exact action keys are not settled, so further ones pass. */
export const ContactInfoRequest = z.strictObject({
  type: z.literal('request_contact_info'),
  body,
  action: z.looseObject({ name: z.literal('request_contact_info') }),
});

/** Payments in India and Brazil: the order itself is Meta's payments API's, and passes as it is. */
const payment = { header: header.optional(), body, footer: footer.optional() };
export const OrderDetails = z.strictObject({
  ...payment,
  type: z.literal('order_details'),
  action: z.looseObject({ name: z.literal('review_and_pay'), parameters: z.looseObject({}) }),
});
export const OrderStatus = z.strictObject({
  ...payment,
  type: z.literal('order_status'),
  action: z.looseObject({ name: z.literal('review_order'), parameters: z.looseObject({}) }),
});
