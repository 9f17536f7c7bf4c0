import { Caps, QuietHours } from '@postrider/compliance';
import { UnknownPolicy, Purpose } from '@postrider/event-contracts';
import { z } from 'zod';

/** Names stand in requests and addresses: lower case, digits and single hyphens between them. */
export const ChannelName = z
  .string()
  .max(64)
  .regex(
    /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
    'lower-case letters, digits and single hyphens between them, such as "order-updates"',
  );

/** `en`, `en_US`: as Meta writes a template's language. */
export const Locale = z.string().regex(/^[a-z]{2,3}(_[A-Z]{2,4})?$/, 'a language as Meta writes it, such as "en_US"');

const settings = {
  senderId: z.uuid(),
  purpose: Purpose,
  consent: z
    .strictObject({ topic: z.string().trim().min(1).max(100).optional(), required: z.boolean().optional() })
    .optional(),
  quietHours: QuietHours.optional(),
  caps: Caps.optional(),
  ratePerSecond: z.number().positive().max(1000).optional(),
  onUnknown: UnknownPolicy.optional(),
  expiresAfterSeconds: z.number().int().positive().max(2_592_000).optional(),
  locale: Locale.optional(),
  /** Of somebody with several, or named by a user id: the number named, the first that was known, or the newest. */
  number: z.enum(['as-named', 'first', 'newest']).optional(),
  marketingApi: z.enum(['off', 'with-fallback', 'strict']).optional(),
};

/** `POST /v1/channels`. */
export const ChannelBody = z
  .strictObject({ name: ChannelName, ...settings })
  .refine(({ purpose, marketingApi }) => purpose === 'marketing' || (marketingApi ?? 'off') === 'off', {
    path: ['marketingApi'],
    message: 'only a channel for marketing can use the Marketing Messages API',
  })
  .refine(({ purpose, consent }) => purpose !== 'marketing' || consent?.required !== false, {
    path: ['consent', 'required'],
    message: 'marketing is never sent without consent',
  });

const nullable = <T extends z.ZodType>(schema: T) => schema.nullable();

/** `PATCH /v1/channels/{id}`: absent means unchanged, null means removed. A name is for good. */
export const ChannelPatch = z.strictObject({
  senderId: settings.senderId.optional(),
  purpose: settings.purpose.optional(),
  consent: nullable(settings.consent.unwrap()).optional(),
  quietHours: nullable(settings.quietHours.unwrap()).optional(),
  caps: nullable(settings.caps.unwrap()).optional(),
  ratePerSecond: nullable(settings.ratePerSecond.unwrap()).optional(),
  onUnknown: nullable(settings.onUnknown.unwrap()).optional(),
  expiresAfterSeconds: nullable(settings.expiresAfterSeconds.unwrap()).optional(),
  locale: nullable(settings.locale.unwrap()).optional(),
  number: nullable(settings.number.unwrap()).optional(),
  marketingApi: nullable(settings.marketingApi.unwrap()).optional(),
});
