import type { TemplateButton, TemplateCard, TemplateDefinition } from './definition';
import { bodyTextOf, buttonsOf, cardsOf, componentOf, isNamed } from './parts';

/** Braces round anything but braces: a pattern that also trimmed would take cubic time on a text of spaces. */
const pattern = /\{\{([^{}]+)\}\}/g;

/** The variables of a text, each once, in the order of their first appearance: `1`, `2`, or names. */
export function variablesIn(text: string): string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => (match[1] as string).trim()))];
}

/** A text with its variables replaced; one without a value stays as it is. */
export function substitute(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(pattern, (whole, name: string) => values.get(name.trim()) ?? whole);
}

/** Variables of positional templates stand in the order of their numbers, not of their appearance. */
function ordered(text: string, named: boolean): string[] {
  const names = variablesIn(text);
  return named ? names : names.sort((a, b) => Number(a) - Number(b));
}

/** What one button asks of a send. */
export interface ButtonVariable {
  readonly index: number;
  readonly subType: 'url' | 'quick_reply' | 'copy_code' | 'catalog' | 'mpm' | 'spm' | 'flow' | 'voice_call';
  /** Whether a send without it is refused (132000); a quick reply's payload, for one, may be left out. */
  readonly required: boolean;
}
export interface CardVariables {
  readonly header: readonly string[];
  /** The file or product that every card's header needs. */
  readonly media: string | undefined;
  readonly body: readonly string[];
  readonly buttons: readonly ButtonVariable[];
}
/** Everything a send must fill in. */
export interface TemplateVariables {
  readonly format: 'POSITIONAL' | 'NAMED';
  readonly header: readonly string[];
  /** IMAGE, VIDEO, GIF, DOCUMENT, LOCATION or PRODUCT, where the header is one of these. */
  readonly media: string | undefined;
  readonly body: readonly string[];
  readonly buttons: readonly ButtonVariable[];
  readonly limitedTimeOffer: boolean;
  readonly cards: readonly CardVariables[];
}

const subTypes: Record<string, ButtonVariable['subType']> = {
  URL: 'url',
  QUICK_REPLY: 'quick_reply',
  COPY_CODE: 'copy_code',
  OTP: 'url',
  CATALOG: 'catalog',
  MPM: 'mpm',
  SPM: 'spm',
  FLOW: 'flow',
  VOICE_CALL: 'voice_call',
};

function isRequired(button: TemplateButton): boolean {
  if (button.type === 'URL') return variablesIn(button.url ?? '').length > 0;
  return ['OTP', 'COPY_CODE', 'MPM'].includes(button.type);
}

function buttonVariables(buttons: readonly TemplateButton[]): ButtonVariable[] {
  return buttons.flatMap((button, index) => {
    const subType = subTypes[button.type];
    if (!subType || (subType === 'url' && !isRequired(button))) return [];
    return [{ index, subType, required: isRequired(button) }];
  });
}

function headerOf(part: TemplateDefinition | TemplateCard, named: boolean): Pick<CardVariables, 'header' | 'media'> {
  const header = componentOf(part, 'HEADER');
  if (!header) return { header: [], media: undefined };
  if (header.format === 'TEXT') return { header: ordered(header.text ?? '', named), media: undefined };
  return { header: [], media: header.format };
}

function cardVariables(card: TemplateCard, named: boolean): CardVariables {
  return {
    ...headerOf(card, named),
    body: ordered(componentOf(card, 'BODY')?.text ?? '', named),
    buttons: buttonVariables(buttonsOf(card)),
  };
}

/** Lists what a send of the template must fill in, part by part. */
export function templateVariables(definition: TemplateDefinition): TemplateVariables {
  const named = isNamed(definition);
  return {
    format: named ? 'NAMED' : 'POSITIONAL',
    ...headerOf(definition, named),
    body: ordered(bodyTextOf(definition), named),
    buttons: buttonVariables(buttonsOf(definition)),
    limitedTimeOffer: componentOf(definition, 'LIMITED_TIME_OFFER')?.limited_time_offer.has_expiration === true,
    cards: cardsOf(definition).map((card) => cardVariables(card, named)),
  };
}
