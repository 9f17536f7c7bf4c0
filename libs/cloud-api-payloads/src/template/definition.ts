import { z } from 'zod';
import { parseWith, type Parsed } from '../problems';
import { list, nonEmpty } from '../shape';

/** Upper case on the wire in answers, either in requests: kept in upper case. */
const word = z
  .string()
  .min(1)
  .max(50)
  .transform((value) => value.toUpperCase());
const some = z.string().max(5000).optional();

/** Meta gives an example of an address or a code as a text or as a list of one. */
const example = z.union([z.string().transform((value) => [value]), list(z.string(), { max: 50 })]);
const namedExample = list(z.looseObject({ param_name: z.string(), example: z.string() }), { max: 100 });

const Button = z.looseObject({
  type: word,
  text: some,
  url: some,
  phone_number: z.union([z.string(), z.number().transform(String)]).optional(),
  example: example.optional(),
  otp_type: word.optional(),
  autofill_text: some,
  package_name: some,
  signature_hash: some,
  supported_apps: list(z.looseObject({ package_name: some, signature_hash: some }), { max: 50 }).optional(),
  zero_tap_terms_accepted: z.boolean().optional(),
  flow_id: z.union([z.string(), z.number().transform(String)]).optional(),
  flow_name: some,
  flow_json: z.string().max(10_000_000).optional(),
  flow_action: some,
  navigate_screen: some,
});

const Header = z.looseObject({
  type: z.literal('HEADER'),
  format: word,
  text: some,
  example: z
    .looseObject({
      header_text: example.optional(),
      header_text_named_params: namedExample.optional(),
      header_handle: example.optional(),
      header_url: example.optional(),
    })
    .optional(),
});
const Body = z.looseObject({
  type: z.literal('BODY'),
  text: z.string().max(50_000).optional(),
  add_security_recommendation: z.boolean().optional(),
  example: z
    .looseObject({
      body_text: z
        .union([
          list(z.string(), { max: 100 }).transform((row) => [row]),
          list(list(z.string(), { max: 100 }), { max: 50 }),
        ])
        .optional(),
      body_text_named_params: namedExample.optional(),
    })
    .optional(),
});
const Footer = z.looseObject({
  type: z.literal('FOOTER'),
  text: some,
  code_expiration_minutes: z.number().nullish(),
});
const Buttons = z.looseObject({ type: z.literal('BUTTONS'), buttons: list(Button, { max: 100 }) });
const Offer = z.looseObject({
  type: z.literal('LIMITED_TIME_OFFER'),
  limited_time_offer: z.looseObject({ text: some, has_expiration: z.boolean().optional() }),
});
const Permission = z.looseObject({ type: z.literal('CALL_PERMISSION_REQUEST') });
const other = z.looseObject({ type: z.literal('TAP_TARGET_CONFIGURATION') });

/** Meta writes component types in either case. */
const cased = <T extends z.ZodType>(schema: T) =>
  z.preprocess((input) => {
    if (typeof input !== 'object' || input === null || Array.isArray(input)) return input;
    const type = (input as { type?: unknown }).type;
    return typeof type === 'string' && type.length <= 50 ? { ...input, type: type.toUpperCase() } : input;
  }, schema);

const CardComponent = cased(z.discriminatedUnion('type', [Header, Body, Buttons]));
const Carousel = z.looseObject({
  type: z.literal('CAROUSEL'),
  cards: list(z.looseObject({ components: list(CardComponent, { max: 20 }) }), { max: 50 }),
});
const Component = cased(
  z.discriminatedUnion('type', [Header, Body, Footer, Buttons, Offer, Carousel, Permission, other]),
);

export type TemplateComponent = z.infer<typeof Component>;
export type TemplateHeader = z.infer<typeof Header>;
export type TemplateBody = z.infer<typeof Body>;
export type TemplateFooter = z.infer<typeof Footer>;
export type TemplateButton = z.infer<typeof Button>;
export type TemplateCard = z.infer<typeof Carousel>['cards'][number];

/**
 * A template's definition, as it is created and as Meta gives it back. Only its shape is judged here, so that a draft
 * with mistakes can be held and shown; `templateFindings` judges the rest.
 */
export const TemplateDefinition = z.looseObject({
  name: nonEmpty.max(2000),
  language: nonEmpty.max(50),
  category: word,
  parameter_format: word.optional(),
  components: list(Component, { max: 20 }),
  message_send_ttl_seconds: z.number().nullish(),
});
export type TemplateDefinition = z.infer<typeof TemplateDefinition>;

/** Parses a template's definition: components, categories and formats come out in upper case. */
export const parseTemplateDefinition = (input: unknown): Parsed<TemplateDefinition> =>
  parseWith(TemplateDefinition, input);
