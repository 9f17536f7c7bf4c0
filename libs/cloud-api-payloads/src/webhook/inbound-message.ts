import { z } from 'zod';
import { seconds, some, WireError, wireId } from './wire';

const media = z.looseObject({
  id: wireId,
  mime_type: some,
  sha256: some,
  url: some,
  caption: some,
  filename: some,
  voice: z.boolean().optional(),
  animated: z.boolean().optional(),
});
const decimal = z.string().regex(/^-?\d{1,3}(\.\d{1,30})?$/, 'must be a number');
const coordinate = z.union([z.number(), decimal.transform(Number)]);
const reply = z.looseObject({ id: z.string(), title: some, description: some });

/** What a message of each type holds. A type that is not here is kept as it came. */
const contents = {
  text: z.looseObject({ body: z.string() }),
  image: media,
  video: media,
  audio: media,
  document: media,
  sticker: media,
  location: z.looseObject({
    latitude: coordinate,
    longitude: coordinate,
    name: some,
    address: some,
    url: some,
  }),
  contacts: z.array(z.looseObject({})),
  /** An emoji that is absent or empty takes the reaction back. */
  reaction: z.looseObject({ message_id: z.string(), emoji: some }),
  /** A template's quick reply. */
  button: z.looseObject({ payload: some, text: some }),
  interactive: z.looseObject({
    type: z.string(),
    button_reply: reply.optional(),
    list_reply: reply.optional(),
    nfm_reply: z.looseObject({ name: some, body: some, response_json: z.unknown().optional() }).optional(),
    call_permission_reply: z
      .looseObject({
        response: some,
        is_permanent: z.boolean().optional(),
        expiration_timestamp: seconds.optional(),
        response_source: some,
      })
      .optional(),
  }),
  order: z.looseObject({
    catalog_id: wireId,
    text: some,
    product_items: z.array(
      z.looseObject({
        product_retailer_id: wireId,
        quantity: z.union([z.number(), z.string()]).optional(),
        item_price: z.union([z.number(), z.string()]).optional(),
        currency: some,
      }),
    ),
  }),
  system: z.looseObject({
    body: some,
    type: some,
    wa_id: wireId.optional(),
    new_wa_id: wireId.optional(),
    user_id: some,
    previous_user_id: some,
    parent_user_id: some,
    previous_parent_user_id: some,
    identity: some,
    customer: some,
  }),
  edit: z.looseObject({ original_message_id: z.string(), message: z.looseObject({}).optional() }),
  revoke: z.looseObject({ original_message_id: z.string() }),
  unsupported: z.looseObject({ type: some }).optional(),
};
export type InboundContents = { [K in keyof typeof contents]?: z.infer<(typeof contents)[K]> };

const context = z.looseObject({
  from: wireId.optional(),
  id: some,
  forwarded: z.boolean().optional(),
  frequently_forwarded: z.boolean().optional(),
  referred_product: z.looseObject({ catalog_id: wireId.optional(), product_retailer_id: wireId.optional() }).optional(),
});
/** The advertisement or button that brought the person; `ctwa_clid` is absent for status advertisements. */
const referral = z.looseObject({
  source_url: some,
  source_id: wireId.optional(),
  source_type: some,
  headline: some,
  body: some,
  ctwa_clid: some,
});

/** The members of every message; the one named by `type` holds what it says. */
export const InboundMessage = z
  .looseObject({
    id: z.string().min(1),
    timestamp: seconds,
    type: z.string().min(1),
    from: wireId.optional(),
    from_user_id: some,
    from_parent_user_id: some,
    group_id: some,
    context: context.optional(),
    referral: referral.optional(),
    errors: z.array(WireError).optional(),
    ...Object.fromEntries(Object.keys(contents).map((type) => [type, z.unknown().optional()])),
  })
  .transform((message, check) => {
    const type = message.type as keyof typeof contents;
    if (!Object.hasOwn(contents, type)) return message;
    // A message that Meta could not take over has errors, its own or the value's, in place of its content.
    if ((message as Record<string, unknown>)[type] === undefined) return message;
    const parsed = contents[type].safeParse((message as Record<string, unknown>)[type]);
    if (parsed.success) return { ...message, ...(parsed.data === undefined ? {} : { [type]: parsed.data }) };
    for (const issue of parsed.error.issues.slice(0, 20))
      check.addIssue({ code: 'custom', path: [type, ...issue.path], message: issue.message });
    return z.NEVER;
  });
/** A message that a person sent, as Meta spells it, with whatever further members it had. */
export type InboundMessage = z.infer<typeof InboundMessage> & InboundContents;

/** A message sent to a person by another of the business's apps, or by its phone. */
export type EchoedMessage = InboundMessage & { to?: string; to_user_id?: string };
