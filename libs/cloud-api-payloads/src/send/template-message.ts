import { z } from 'zod';
import { limits } from '../limits';
import { id, list, nonEmpty, text, textOrNothing } from '../shape';
import { productSections } from './interactive-products';
import { Location } from './location';
import { MediaReference } from './media';

/** Meta takes a parameter's value up to the body's own limit; what fits is checked after substitution. */
const value = z.union([textOrNothing(limits.textBody), z.boolean().transform(String)]);
const named = { parameter_name: nonEmpty.max(100).optional() };

const textParameter = z.strictObject({ type: z.literal('text'), text: value, ...named });
const currency = z.strictObject({
  type: z.literal('currency'),
  currency: z.strictObject({ fallback_value: text(1024), code: z.string().length(3), amount_1000: z.int() }),
  ...named,
});
const dateTime = z.strictObject({
  type: z.literal('date_time'),
  date_time: z.looseObject({ fallback_value: text(1024) }),
  ...named,
});
const headerParameter = z.discriminatedUnion('type', [
  textParameter,
  currency,
  dateTime,
  z.strictObject({ type: z.literal('image'), image: MediaReference }),
  z.strictObject({ type: z.literal('video'), video: MediaReference }),
  z.strictObject({ type: z.literal('gif'), gif: MediaReference }),
  z.strictObject({ type: z.literal('document'), document: MediaReference }),
  z.strictObject({ type: z.literal('location'), location: Location }),
  z.strictObject({
    type: z.literal('product'),
    product: z.strictObject({ product_retailer_id: nonEmpty.max(200), catalog_id: id.optional() }),
  }),
]);
const bodyParameter = z.discriminatedUnion('type', [textParameter, currency, dateTime]);
const buttonParameter = z.discriminatedUnion('type', [
  textParameter,
  z.strictObject({ type: z.literal('payload'), payload: z.string().max(1024) }),
  z.strictObject({ type: z.literal('coupon_code'), coupon_code: text(limits.template.couponExample) }),
  z.strictObject({
    type: z.literal('action'),
    action: z.looseObject({
      thumbnail_product_retailer_id: nonEmpty.max(200).optional(),
      sections: productSections.optional(),
      flow_token: z.string().max(4096).optional(),
      flow_action_data: z.record(z.string(), z.unknown()).optional(),
    }),
  }),
  z.strictObject({ type: z.literal('ttl_minutes'), ttl_minutes: z.int().min(1).max(limits.voiceCall.ttlMinutesMax) }),
]);

/** A component's type, however it is spelt: Meta's own examples have `body` and `BODY`. */
const kind = <T extends string>(name: T) =>
  z.union([z.literal(name), z.literal(name.toUpperCase() as Uppercase<T>).transform(() => name)]);

const header = z.strictObject({ type: kind('header'), parameters: list(headerParameter, { max: 1 }).optional() });
const body = z.strictObject({ type: kind('body'), parameters: list(bodyParameter, { max: 100 }).optional() });
const button = z.strictObject({
  type: kind('button'),
  sub_type: z
    .string()
    .min(1)
    .max(50)
    .transform((name) => name.toLowerCase()),
  index: z.union([z.int().min(0).max(9), z.string().regex(/^\d$/, 'must be 0 to 9').transform(Number)]),
  parameters: list(buttonParameter, { max: 10 }).optional(),
});
const offer = z.strictObject({
  type: kind('limited_time_offer'),
  parameters: list(
    z.strictObject({
      type: z.literal('limited_time_offer'),
      limited_time_offer: z.strictObject({ expiration_time_ms: z.int().positive() }),
    }),
    { min: 1, max: 1 },
  ),
});
const orderStatus = z.looseObject({ type: z.literal('order_status') });
const tapTarget = z.strictObject({
  type: kind('tap_target_configuration'),
  parameters: list(z.looseObject({ type: z.string() }), { min: 1, max: 1 }),
});
const card = z.strictObject({
  card_index: z
    .int()
    .min(0)
    .max(limits.carousel.cardsMax - 1),
  components: list(z.discriminatedUnion('type', [header, body, button]), { max: 12 }),
});
const carousel = z.strictObject({
  type: kind('carousel'),
  cards: list(card, { min: limits.carousel.cardsMin, max: limits.carousel.cardsMax }),
});

/** One component of a template as it is filled in for a send. */
export const SendComponent = z.discriminatedUnion('type', [
  header,
  body,
  button,
  offer,
  carousel,
  tapTarget,
  orderStatus,
]);
export type SendComponent = z.infer<typeof SendComponent>;
export type SendCard = z.infer<typeof card>;
export type HeaderParameter = z.infer<typeof headerParameter>;
export type BodyParameter = z.infer<typeof bodyParameter>;
export type ButtonParameter = z.infer<typeof buttonParameter>;

export const SendComponents = list(SendComponent, { max: 20 });

export const TemplateMessage = z.strictObject({
  name: text(limits.template.name),
  language: z.strictObject({ code: nonEmpty.max(35), policy: z.literal('deterministic').optional() }),
  components: SendComponents.optional(),
  namespace: z.string().optional(),
});
export type TemplateMessage = z.infer<typeof TemplateMessage>;
