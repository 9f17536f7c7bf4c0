import { invalidParameter } from '../graph/graph-error';
import { isBag } from '../messages/checks';
import type { TemplateButton, TemplateComponent } from '../world/state';

/** Components as given, once their text is text, their buttons are buttons and their cards have components. */
export function readComponents(given: unknown, path = 'components'): TemplateComponent[] {
  if (!Array.isArray(given)) throw invalidParameter(`Param ${path} must be an array.`);
  return given.map((component: unknown, index) => readComponent(component, `${path}[${index}]`));
}

function readComponent(given: unknown, path: string): TemplateComponent {
  if (!isBag(given) || typeof given.type !== 'string')
    throw invalidParameter(`Param ${path} must be an object with a type.`);
  for (const name of ['text', 'format']) {
    if (given[name] !== undefined && typeof given[name] !== 'string')
      throw invalidParameter(`Param ${path}['${name}'] must be a string.`);
  }
  const { buttons, cards } = given;
  return {
    ...given,
    type: given.type.toUpperCase(),
    ...(buttons !== undefined && { buttons: readButtons(buttons, `${path}['buttons']`) }),
    ...(cards !== undefined && { cards: readCards(cards, `${path}['cards']`) }),
  } as TemplateComponent;
}

function readButtons(given: unknown, path: string): TemplateButton[] {
  if (!Array.isArray(given)) throw invalidParameter(`Param ${path} must be an array.`);
  return given.map((button: unknown) => {
    const texts = isBag(button) ? [button.text, button.url] : [];
    if (
      !isBag(button) ||
      typeof button.type !== 'string' ||
      texts.some((text) => text !== undefined && typeof text !== 'string')
    ) {
      throw invalidParameter(`Param ${path} must hold objects with a type, and text and url as strings.`);
    }
    return button as TemplateButton;
  });
}

function readCards(given: unknown, path: string): { components: TemplateComponent[] }[] {
  if (!Array.isArray(given)) throw invalidParameter(`Param ${path} must be an array.`);
  return given.map((card: unknown, index) => {
    const cardPath = `${path}[${index}]['components']`;
    return {
      ...(isBag(card) ? card : {}),
      components: readComponents(isBag(card) ? card.components : undefined, cardPath),
    };
  });
}
