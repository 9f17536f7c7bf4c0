import { z } from 'zod';
import { limits } from '../limits';
import { link, list, text } from '../shape';
import { body, footer, header } from './interactive-parts';

const distinct = (titles: string[]) => new Set(titles).size === titles.length;

const replyButton = z.strictObject({
  type: z.literal('reply'),
  reply: z.strictObject({ id: text(limits.replyButtons.id), title: text(limits.replyButtons.title) }),
});
export const ctaUrlParameters = z.strictObject({ display_text: text(limits.ctaDisplayText), url: link });

/** Up to three reply buttons with distinct ids and titles. Direct Send has a form of its own. */
export const ReplyButtons = z.strictObject({
  type: z.literal('button'),
  header: header.optional(),
  body,
  footer: footer.optional(),
  action: z.strictObject({
    buttons: list(replyButton, { min: 1, max: limits.replyButtons.count })
      .refine((buttons) => distinct(buttons.map((button) => button.reply.title)), 'titles must differ from each other')
      .refine((buttons) => distinct(buttons.map((button) => button.reply.id)), 'ids must differ from each other'),
  }),
});

export const CtaUrl = z.strictObject({
  type: z.literal('cta_url'),
  header: header.optional(),
  body,
  footer: footer.optional(),
  action: z.strictObject({ name: z.literal('cta_url'), parameters: ctaUrlParameters }),
});
