import { limits } from '../limits';
import { characters } from '../shape';
import type { SendComponent } from '../send/template-message';
import { buttonProblems } from './check-buttons';
import { headerProblems } from './check-header';
import { textProblems } from './check-text';
import { componentProblem as problem, type ComponentProblem } from './component-problem';
import type { TemplateDefinition } from './definition';
import { bodyTextOf, buttonsOf, cardsOf, componentOf } from './parts';
import { bodyIn, buttonsIn, cardsIn, offerIn, shownBy } from './send-parts';
import { templateVariables, type TemplateVariables } from './variables';

/** How long the body may be once it is filled in. */
export function bodyMax(definition: TemplateDefinition): number {
  if (componentOf(definition, 'LIMITED_TIME_OFFER')) return limits.template.offerBody;
  if (componentOf(definition, 'CALL_PERMISSION_REQUEST')) return limits.template.callPermissionBody;
  return limits.template.body;
}

function codeProblems(parts: readonly SendComponent[]): ComponentProblem[] {
  const [first] = bodyIn(parts)?.parameters ?? [];
  const code = first && shownBy(first);
  if (code === undefined) return [];
  const problems: ComponentProblem[] = [];
  if (characters(code) > limits.template.codeParameter)
    problems.push(
      problem('too-long', 'body.parameters[0]', `a code has at most ${limits.template.codeParameter} characters`),
    );
  const [button] = buttonsIn(parts);
  const [copied] = button?.parameters ?? [];
  if (copied && shownBy(copied) !== code)
    problems.push(problem('parameter-value', 'button[0].parameters[0]', 'must be the same code as in the body'));
  return problems;
}

function cardProblems(
  definition: TemplateDefinition,
  needs: TemplateVariables,
  parts: readonly SendComponent[],
): ComponentProblem[] {
  const cards = cardsOf(definition);
  const sent = cardsIn(parts);
  if (cards.length !== sent.length)
    return [problem('parameter-count', 'carousel.cards', `needs ${cards.length} cards, has ${sent.length}`)];
  return cards.flatMap((card, index) => {
    const path = `carousel.cards[${index}].`;
    const need = needs.cards[index];
    const given = sent.find((each) => each.card_index === index);
    if (!given || !need)
      return [problem('missing-component', `carousel.cards[${index}]`, `card_index ${index} is missing`)];
    const named = needs.format === 'NAMED';
    const parameters = bodyIn(given.components)?.parameters ?? [];
    const text = componentOf(card, 'BODY')?.text ?? '';
    return [
      ...headerProblems(card, need, { parts: given.components, path, named }),
      ...textProblems({
        path: `${path}body`,
        text,
        names: need.body,
        named,
        parameters,
        max: limits.template.cardBody,
      }),
      ...buttonProblems(buttonsOf(card), need.buttons, { parts: given.components, path }),
    ];
  });
}

function repeated(parts: readonly SendComponent[]): ComponentProblem[] {
  const types = parts.map((part) => part.type).filter((type) => type !== 'button');
  return [...new Set(types.filter((type, index) => types.indexOf(type) !== index))].map((type) =>
    problem('unexpected-component', type, `the component ${type} is given twice`),
  );
}

/**
 * Checks the components of a send against the template's definition: counts, names, types, values, and lengths after
 * substitution. Each problem carries the code with which Meta would refuse the send. No problems: an empty list.
 */
export function checkSendComponents(
  definition: TemplateDefinition,
  parts: readonly SendComponent[] = [],
): ComponentProblem[] {
  const needs = templateVariables(definition);
  const named = needs.format === 'NAMED' && definition.category !== 'AUTHENTICATION';
  const parameters = bodyIn(parts)?.parameters ?? [];
  const problems = [
    ...repeated(parts),
    ...headerProblems(definition, needs, { parts, path: '', named }),
    ...textProblems({
      path: 'body',
      text: bodyTextOf(definition),
      names: needs.body,
      named,
      parameters,
      max: bodyMax(definition),
    }),
    ...buttonProblems(buttonsOf(definition), needs.buttons, { parts, path: '' }),
    ...cardProblems(definition, needs, parts),
  ];
  if (needs.limitedTimeOffer && !offerIn(parts))
    problems.push(
      problem('missing-component', 'limited_time_offer', 'needs limited_time_offer with expiration_time_ms'),
    );
  if (!needs.limitedTimeOffer && offerIn(parts))
    problems.push(problem('unexpected-component', 'limited_time_offer', 'the template has no offer that expires'));
  if (definition.category === 'AUTHENTICATION' && problems.length === 0) problems.push(...codeProblems(parts));
  return problems;
}
