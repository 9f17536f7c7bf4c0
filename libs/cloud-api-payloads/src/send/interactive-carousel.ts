import { z } from 'zod';
import { limits } from '../limits';
import { id, list, nonEmpty, text } from '../shape';
import { ctaUrlParameters } from './interactive-buttons';
import { body, visualHeader } from './interactive-parts';

const cards = limits.carousel;
const cardIndex = z
  .int()
  .min(0)
  .max(cards.cardsMax - 1);
const cardBody = z.strictObject({
  text: text(cards.cardBody).refine(
    (value) => value.split('\n').length - 1 <= cards.cardLineBreaks,
    `must have at most ${cards.cardLineBreaks} line breaks`,
  ),
});
const quickReply = z.strictObject({
  type: z.literal('quick_reply'),
  quick_reply: z.strictObject({ id: text(limits.replyButtons.id), title: text(limits.replyButtons.title) }),
});
const mediaCard = z.strictObject({
  card_index: cardIndex,
  type: z.literal('cta_url').optional(),
  header: visualHeader,
  body: cardBody.optional(),
  action: z.union([
    z.strictObject({ name: z.literal('cta_url'), parameters: ctaUrlParameters }),
    z.strictObject({ buttons: list(quickReply, { min: 1, max: cards.quickReplies }) }),
  ]),
});
const productCard = z.strictObject({
  card_index: cardIndex,
  type: z.literal('product'),
  action: z.strictObject({ catalog_id: id, product_retailer_id: nonEmpty.max(200) }),
});
type Card = z.infer<typeof mediaCard> | z.infer<typeof productCard>;

/** What must be alike on all cards: their kind, and the layout of their buttons. */
function layoutOf(card: Card): string {
  if (!('header' in card)) return `product of ${card.action.catalog_id}`;
  return 'buttons' in card.action ? `${card.action.buttons.length} quick replies` : 'one link';
}

/** Two to ten cards of one kind, with the same buttons in the same order. */
export const Carousel = z.strictObject({
  type: z.literal('carousel'),
  body,
  action: z.strictObject({
    cards: list(z.discriminatedUnion('type', [productCard, mediaCard]), { min: cards.cardsMin, max: cards.cardsMax })
      .refine((all) => new Set(all.map(layoutOf)).size === 1, 'cards must have the same kind and the same buttons')
      .refine((all) => all.every((card, index) => card.card_index === index), 'card_index must count from 0'),
  }),
});
