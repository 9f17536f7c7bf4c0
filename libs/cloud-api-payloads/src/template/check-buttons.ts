import { limits } from '../limits';
import { textProblems } from './check-text';
import { componentProblem as problem, type ComponentProblem } from './component-problem';
import type { TemplateButton } from './definition';
import { buttonsIn, type AnyParameter, type SendButton } from './send-parts';
import { variablesIn, type ButtonVariable } from './variables';

const parameterTypes: Record<ButtonVariable['subType'], readonly AnyParameter['type'][]> = {
  url: ['text'],
  quick_reply: ['payload', 'text'],
  copy_code: ['coupon_code'],
  catalog: ['action'],
  mpm: ['action'],
  spm: ['action'],
  flow: ['action'],
  voice_call: ['payload', 'ttl_minutes', 'text'],
};

function urlProblems(button: TemplateButton, sent: SendButton, path: string): ComponentProblem[] {
  const parameters = sent.parameters ?? [];
  if (button.type === 'OTP') return [];
  const text = button.url ?? '';
  return textProblems({ path, text, names: variablesIn(text), named: false, parameters, max: limits.template.url });
}

function oneButton(button: TemplateButton, need: ButtonVariable, sent: SendButton, path: string): ComponentProblem[] {
  if (sent.sub_type !== need.subType)
    return [problem('parameter-type', path, `button ${need.index} is of type ${need.subType}, not ${sent.sub_type}`)];
  const parameters = sent.parameters ?? [];
  if (need.required && parameters.length !== 1)
    return [problem('parameter-count', path, `button ${need.index} needs 1 parameter, has ${parameters.length}`)];
  const wrong = parameters.findIndex((each) => !parameterTypes[need.subType].includes(each.type));
  if (wrong !== -1) {
    const fit = parameterTypes[need.subType].join(' or ');
    return [problem('parameter-type', `${path}.parameters[${wrong}]`, `must be of type ${fit}`)];
  }
  return need.subType === 'url' ? urlProblems(button, sent, path) : [];
}

/** Checks the buttons of a send, or of a card, against the template's. */
export function buttonProblems(
  buttons: readonly TemplateButton[],
  needs: readonly ButtonVariable[],
  given: { parts: readonly { readonly type: string }[]; path: string },
): ComponentProblem[] {
  const sent = buttonsIn(given.parts);
  const problems = sent.flatMap((each, position) => {
    const path = `${given.path}button[${each.index}]`;
    if (sent.findIndex((other) => other.index === each.index) !== position)
      return [problem('unexpected-component', path, `button ${each.index} is given twice`)];
    const need = needs.find((one) => one.index === each.index);
    const button = buttons[each.index];
    if (!need || !button)
      return [problem('unexpected-component', path, `the template's button ${each.index} takes no parameters`)];
    return oneButton(button, need, each, path);
  });
  for (const need of needs) {
    if (need.required && !sent.some((each) => each.index === need.index))
      problems.push(
        problem('missing-component', `${given.path}button[${need.index}]`, `button ${need.index} needs a parameter`),
      );
  }
  return problems;
}
