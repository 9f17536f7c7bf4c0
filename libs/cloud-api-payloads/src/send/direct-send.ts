import { z } from 'zod';
import { limits } from '../limits';
import { list, text } from '../shape';
import { CtaUrl, ctaUrlParameters } from './interactive-buttons';
import { body, footer, header } from './interactive-parts';
import { VoiceCall } from './interactive-requests';
import { envelope } from './envelope';

const direct = limits.directSend;
const reply = z.strictObject({
  type: z.literal('reply'),
  reply: z.strictObject({ id: text(limits.replyButtons.id), title: text(direct.button) }),
});
const link = z.strictObject({ type: z.literal('cta_url'), cta_url: ctaUrlParameters });

/** Up to ten buttons, of which two may be links, and these come first. */
const Buttons = z.strictObject({
  type: z.literal('button'),
  header: header.optional(),
  body,
  footer: footer.optional(),
  action: z.strictObject({
    buttons: list(z.discriminatedUnion('type', [reply, link]), { min: 1, max: direct.buttons })
      .refine(
        (buttons) => buttons.filter((each) => each.type === 'cta_url').length <= direct.ctaButtons,
        `must have at most ${direct.ctaButtons} links`,
      )
      .refine(
        (buttons) => buttons.every((each, index) => each.type === 'reply' || buttons[index - 1]?.type !== 'reply'),
        'links must come before replies',
      ),
  }),
});

const own = {
  ...envelope,
  category: z.enum(['utility', 'authentication']),
  direct_send_config: z
    .strictObject({
      template_name: z
        .string()
        .max(limits.template.name)
        .regex(/^[a-z0-9_]+$/, 'must be of lower-case letters, digits and underscores'),
    })
    .optional(),
  ttl_seconds: z.int().min(limits.ttlSeconds.utility.min).max(limits.ttlSeconds.utility.max).optional(),
};

/**
 * Direct Send (beta since 2026): a text outside the window without a template made before. Meta matches or makes one.
 * The body is limited as a template's; an authentication code cannot go to a user id, and lives for 15 minutes.
 */
export const DirectSendMessage = z
  .discriminatedUnion('type', [
    z.strictObject({
      ...own,
      type: z.literal('text'),
      text: z.strictObject({ body: text(limits.template.body) }),
    }),
    z.strictObject({
      ...own,
      type: z.literal('interactive'),
      interactive: z.discriminatedUnion('type', [Buttons, CtaUrl, VoiceCall.omit({ footer: true })]),
    }),
  ])
  .refine((message) => message.to !== undefined || message.recipient !== undefined, {
    path: ['to'],
    message: 'needs a recipient: to (phone) or recipient (user id)',
  })
  .refine((message) => message.category !== 'authentication' || message.to !== undefined, {
    path: ['to'],
    message: 'an authentication message cannot go to a user id',
  })
  .refine(
    (message) =>
      message.category !== 'authentication' || (message.ttl_seconds ?? 0) <= limits.ttlSeconds.authentication.max,
    { path: ['ttl_seconds'], message: `must be at most ${limits.ttlSeconds.authentication.max} for authentication` },
  )
  .refine((message) => message.category === 'utility' || message.direct_send_config === undefined, {
    path: ['direct_send_config'],
    message: 'is for utility messages only',
  });
export type DirectSendMessage = z.infer<typeof DirectSendMessage>;
