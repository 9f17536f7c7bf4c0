import type { Problem } from '../problems';
import type { SendComponent } from '../send/template-message';
import type { TemplateDefinition } from './definition';
import { templateVariables, type ButtonVariable, type TemplateVariables } from './variables';

type Scalar = string | number | boolean;
/** Values of a template's variables: a list for a POSITIONAL one, an object by name for a NAMED one. */
export type SimpleVariables = readonly Scalar[] | Readonly<Record<string, Scalar>>;
export type ComponentsFrom =
  | { readonly ok: true; readonly components: SendComponent[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** One place of the template that takes a text, in the order in which a list of values fills them. */
interface Slot {
  readonly part: 'header' | 'body' | ButtonVariable;
  /** The name under which an object gives the value. */
  readonly key: string;
}

function slotsOf(needs: TemplateVariables, authentication: boolean): Slot[] {
  const buttons = authentication
    ? []
    : needs.buttons.filter((each) => each.subType === 'url' || each.subType === 'copy_code');
  const positional = needs.format === 'POSITIONAL';
  return [
    ...needs.header.map((key): Slot => ({ part: 'header', key: positional ? `header_${key}` : key })),
    ...needs.body.map((key): Slot => ({ part: 'body', key })),
    ...buttons.map((part): Slot => ({ part, key: `button_${part.index}` })),
  ];
}

function valueFor(slot: Slot, index: number, variables: SimpleVariables): Scalar | undefined {
  if (Array.isArray(variables)) return (variables as readonly Scalar[])[index];
  const named = variables as Readonly<Record<string, Scalar>>;
  return Object.hasOwn(named, slot.key) ? named[slot.key] : undefined;
}

function surplus(slots: readonly Slot[], variables: SimpleVariables): Problem[] {
  if (Array.isArray(variables)) {
    if (variables.length <= slots.length) return [];
    return [
      {
        path: `variables[${slots.length}]`,
        message: `the template takes ${slots.length} values, not ${variables.length}`,
      },
    ];
  }
  const keys = slots.map((slot) => slot.key);
  return Object.keys(variables)
    .filter((key) => !keys.includes(key))
    .map((key) => ({ path: `variables.${key}`, message: `the template has no variable ${key}` }));
}

function unfillable(needs: TemplateVariables): Problem[] {
  const wants = [
    needs.media && needs.media !== 'PRODUCT' ? `a header of type ${needs.media}` : undefined,
    needs.limitedTimeOffer ? 'the end of its offer' : undefined,
    needs.cards.length ? 'its cards' : undefined,
    needs.buttons.some((each) => each.subType === 'mpm') ? 'the products of its button' : undefined,
  ].filter((want) => want !== undefined);
  return wants.map((want) => ({
    path: 'components',
    message: `the template needs ${want}: give components, not variables`,
  }));
}

const textOf = (text: string, name?: string) => ({
  type: 'text' as const,
  text,
  ...(name ? { parameter_name: name } : {}),
});

function buttonOf({ index, subType }: ButtonVariable, value: string): SendComponent {
  const parameter = subType === 'copy_code' ? { type: 'coupon_code' as const, coupon_code: value } : textOf(value);
  return { type: 'button', sub_type: subType, index, parameters: [parameter] };
}

/**
 * Makes the components of a send from simple values. A list fills the header's variable, then the body's in the order
 * of their numbers, then the addresses and codes of buttons; an object names them (a POSITIONAL header's `header_1`, a
 * button's `button_0`). An authentication code is given once and put in both its places. A missing or surplus value is
 * a problem that names it; a template that needs more than texts has to be given `components`.
 */
export function componentsFrom(definition: TemplateDefinition, variables: SimpleVariables = []): ComponentsFrom {
  const needs = templateVariables(definition);
  const authentication = definition.category === 'AUTHENTICATION';
  const slots = slotsOf(needs, authentication);
  const values = slots.map((slot, index) => valueFor(slot, index, variables));
  const missing = slots.flatMap((slot, index): Problem[] => {
    const value = values[index];
    if (value !== undefined && value !== null && String(value).trim() !== '') return [];
    const path = Array.isArray(variables) ? `variables[${index}]` : `variables.${slot.key}`;
    return [{ path, message: `the value of ${slot.key} is missing` }];
  });
  const problems = [...unfillable(needs), ...missing, ...surplus(slots, variables)];
  if (problems.length) return { ok: false, problems };

  const named = needs.format === 'NAMED' && !authentication;
  const texts = (part: 'header' | 'body') =>
    slots.flatMap((slot, index) =>
      slot.part === part ? [textOf(String(values[index]), named ? slot.key : undefined)] : [],
    );
  const [header, body] = [texts('header'), texts('body')];
  const components: SendComponent[] = [];
  if (header.length) components.push({ type: 'header', parameters: header });
  if (body.length) components.push({ type: 'body', parameters: body });
  slots.forEach(({ part }, index) => {
    if (typeof part === 'object') components.push(buttonOf(part, String(values[index])));
  });
  if (authentication && body[0]) {
    const code = body[0].text;
    for (const button of needs.buttons.filter((each) => each.required)) components.push(buttonOf(button, code));
  }
  return { ok: true, components };
}
