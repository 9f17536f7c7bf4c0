import { invalidParameter, invalidValue } from '../graph/graph-error';
import type { Bag } from './checks';
import { bagAt, isBag, listAt, oneOf, textAt } from './checks';
import type { ContentContext } from './check-content';
import { checkMedia } from './check-content';
import { checkUrlButton, lengthWithin } from './check-interactive';

/** Two to ten cards, all of one kind and one layout of buttons. */
export function checkCarousel(action: Bag, context: ContentContext): void {
  const layouts = listAt(action, 'cards', 'cards', { min: 2, max: 10 }).map((card, index) => {
    if (!isBag(card)) throw invalidParameter(`Param cards[${index}] must be a JSON object.`);
    return checkCard(card, `cards[${index}]`, context);
  });
  if (new Set(layouts).size > 1)
    throw invalidValue('All cards of a carousel must have the same header type and buttons.');
}

function checkCard(card: Bag, path: string, context: ContentContext): string {
  const action = bagAt(card, 'action', `${path}['action']`);
  if (card.type === 'product') {
    textAt(action, 'catalog_id', `${path}['action']['catalog_id']`, 100);
    textAt(action, 'product_retailer_id', `${path}['action']['product_retailer_id']`, 100);
    return `product:${String(action.catalog_id)}`;
  }
  const header = bagAt(card, 'header', `${path}['header']`);
  const kind = oneOf(header.type, ['image', 'video'], `${path}['header']['type']`);
  checkMedia(kind, bagAt(header, kind, `${path}['header']['${kind}']`), context, `${path}['header']['${kind}']`);
  if (card.body !== undefined) checkCardBody(bagAt(card, 'body', `${path}['body']`), path);
  return `${kind}:${checkCardButtons(action, path)}`;
}

function checkCardBody(body: Bag, path: string): void {
  const text = textAt(body, 'text', `${path}['body']['text']`, 160);
  if (text.split('\n').length > 3) throw invalidValue(`Param ${path}['body']['text'] may hold at most 2 line breaks.`);
}

function checkCardButtons(action: Bag, path: string): string {
  if (action.buttons === undefined) {
    checkUrlButton(action, `${path}['action']`);
    return 'cta_url';
  }
  const buttons = listAt(action, 'buttons', `${path}['action']['buttons']`, { max: 3 });
  for (const button of buttons) {
    const reply = bagAt(isBag(button) ? button : {}, 'quick_reply', `${path}['action']['buttons']['quick_reply']`);
    textAt(reply, 'id', `${path} button id`, 256);
    lengthWithin(reply, 'title', 'Button title', 20);
  }
  return `quick_reply:${buttons.length}`;
}
