import { limits } from '../../limits';
import type { TemplateCard, TemplateDefinition } from '../definition';
import { buttonsOf, cardsOf, componentOf, isNamed } from '../parts';
import { buttonFindings } from './button-findings';
import { finding, type Finding } from './catalogue';
import { pathOf } from './place';
import { bodyFindings, headerFindings } from './text-findings';

const headers = ['IMAGE', 'VIDEO', 'PRODUCT'];
const buttonsMax = 2;

const formatOf = (card: TemplateCard): string => componentOf(card, 'HEADER')?.format ?? '';
/** What has to be alike on all cards. */
const layoutOf = (card: TemplateCard): string =>
  [componentOf(card, 'BODY') ? 'body' : '', ...buttonsOf(card).map((button) => button.type)].join(' ');

function cardFindings(card: TemplateCard, path: string, definition: TemplateDefinition): Finding[] {
  const findings = card.components.flatMap((component, index) => {
    const at = `${path}.components[${index}]`;
    if (component.type === 'HEADER')
      return headers.includes(component.format) ? headerFindings(component, at, definition) : [];
    if (component.type === 'BUTTONS') return buttonFindings(component.buttons, `${at}.buttons`, true);
    return bodyFindings(component, at, { named: isNamed(definition), max: limits.template.cardBody, card: true });
  });
  if (!headers.includes(formatOf(card))) findings.push(finding('card-header', path));
  const buttons = buttonsOf(card).length;
  if (buttons < 1 || buttons > buttonsMax) findings.push(finding('card-buttons', path, String(buttons)));
  return findings;
}

/** What is wrong with a carousel: its cards, each alone and beside the others. */
export function carouselFindings(definition: TemplateDefinition): Finding[] {
  if (!componentOf(definition, 'CAROUSEL')) return [];
  const path = `${pathOf(definition, 'CAROUSEL')}.cards`;
  const cards = cardsOf(definition);
  const findings = cards.flatMap((card, index) => cardFindings(card, `${path}[${index}]`, definition));
  const { cardsMin, cardsMax } = limits.carousel;
  if (cards.length < cardsMin || cards.length > cardsMax)
    findings.push(finding('card-count', path, String(cards.length)));
  const formats = new Set(cards.map(formatOf));
  if (formats.size > 1 && [...formats].every((format) => headers.includes(format)))
    findings.push(finding('card-header', path, 'not alike'));
  if (new Set(cards.map(layoutOf)).size > 1) findings.push(finding('card-layout', path));
  for (const type of ['HEADER', 'FOOTER', 'BUTTONS', 'LIMITED_TIME_OFFER'] as const) {
    if (componentOf(definition, type))
      findings.push(finding('component-misplaced', pathOf(definition, type), `${type} beside a carousel`));
  }
  return findings;
}
