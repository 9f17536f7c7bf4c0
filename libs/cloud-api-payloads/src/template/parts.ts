import type { TemplateButton, TemplateCard, TemplateComponent, TemplateDefinition } from './definition';

type ComponentType = TemplateComponent['type'];
type Of<T extends ComponentType> = Extract<TemplateComponent, { type: T }>;
type Components = { readonly components: readonly TemplateComponent[] };

/** The first component of a type. */
export function componentOf<T extends ComponentType>(definition: Components, type: T): Of<T> | undefined {
  return definition.components.find((component): component is Of<T> => component.type === type);
}

export const buttonsOf = (definition: Components): readonly TemplateButton[] =>
  componentOf(definition, 'BUTTONS')?.buttons ?? [];

export const cardsOf = (definition: Components): readonly TemplateCard[] =>
  componentOf(definition, 'CAROUSEL')?.cards ?? [];

/** Whether variables are named; Meta's default is by position. */
export const isNamed = (definition: Pick<TemplateDefinition, 'parameter_format'>): boolean =>
  definition.parameter_format === 'NAMED';

/** An authentication template's text is Meta's own, by language; this is the English one. */
export const authenticationText = {
  body: '*{{1}}* is your verification code.',
  security: ' For your security, do not share this code.',
  footer: (minutes: number) => `This code expires in ${minutes} minutes.`,
  button: 'Copy code',
};

/** The body as Meta would show it, with its variables still in. */
export function bodyTextOf(definition: Components & { readonly category?: string }): string {
  const body = componentOf(definition, 'BODY');
  if (body?.text !== undefined) return body.text;
  if (definition.category !== 'AUTHENTICATION') return '';
  return authenticationText.body + (body?.add_security_recommendation ? authenticationText.security : '');
}
