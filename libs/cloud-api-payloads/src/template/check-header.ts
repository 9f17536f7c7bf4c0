import { limits } from '../limits';
import { textProblems } from './check-text';
import { componentProblem as problem, type ComponentProblem } from './component-problem';
import type { TemplateCard, TemplateDefinition } from './definition';
import { componentOf } from './parts';
import { headerIn } from './send-parts';
import type { CardVariables } from './variables';

type Part = { readonly type: string };

/** Checks the header of a send, or of a card, against the template's. */
export function headerProblems(
  definition: TemplateDefinition | TemplateCard,
  needs: Pick<CardVariables, 'header' | 'media'>,
  given: { parts: readonly Part[]; path: string; named: boolean },
): ComponentProblem[] {
  const sent = headerIn(given.parts);
  const path = `${given.path}header`;
  const parameters = sent?.parameters ?? [];
  if (needs.media === undefined) {
    const text = componentOf(definition, 'HEADER')?.text ?? '';
    return textProblems({
      path,
      text,
      names: needs.header,
      named: given.named,
      parameters,
      max: limits.template.header,
    });
  }
  const type = needs.media.toLowerCase();
  const [parameter] = parameters;
  if (!parameter) {
    // A product header may also be named by the single product of the button's action.
    return type === 'product'
      ? []
      : [problem('missing-component', path, `the header needs a parameter of type ${type}`)];
  }
  if (parameter.type !== type && !(type === 'gif' && parameter.type === 'video'))
    return [problem('parameter-type', `${path}.parameters[0]`, `must be of type ${type}, not ${parameter.type}`)];
  return [];
}
