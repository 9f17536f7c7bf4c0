import { characters } from '../shape';
import { componentProblem as problem, type ComponentProblem } from './component-problem';
import { shownBy, valuesOf, type AnyParameter } from './send-parts';
import { substitute } from './variables';

/** Meta refuses these in a variable's value. */
const barred = /[\n\r\t]| {4}/;

interface TextPart {
  readonly path: string;
  readonly text: string;
  readonly names: readonly string[];
  readonly named: boolean;
  readonly parameters: readonly AnyParameter[];
  readonly max: number;
}

function namesProblems({ path, names, named, parameters }: TextPart): ComponentProblem[] {
  if (!named) return [];
  const given = parameters.map((each) => ('parameter_name' in each ? each.parameter_name : undefined));
  const missing = names.filter((name) => !given.includes(name));
  const problems = missing.map((name) => problem('parameter-name', path, `the value of {{${name}}} is missing`));
  given.forEach((name, index) => {
    const at = `${path}.parameters[${index}]`;
    if (name === undefined) problems.push(problem('parameter-name', at, 'needs parameter_name: the template is NAMED'));
    else if (!names.includes(name)) problems.push(problem('parameter-name', at, `the template has no {{${name}}}`));
    else if (given.indexOf(name) !== index) problems.push(problem('parameter-name', at, `{{${name}}} is given twice`));
  });
  return problems;
}

function valueProblems({ path, parameters }: TextPart): ComponentProblem[] {
  return parameters.flatMap((parameter, index) => {
    const at = `${path}.parameters[${index}]`;
    const shown = shownBy(parameter);
    if (shown === undefined)
      return [problem('parameter-type', at, `a text needs text, currency or date_time, not ${parameter.type}`)];
    if (shown.trim() === '') return [problem('parameter-value', at, 'the value is empty')];
    if (barred.test(shown))
      return [problem('parameter-value', at, 'a value must not hold a line break, a tab or four spaces')];
    return [];
  });
}

/** Checks the parameters of a text with variables: how many, which, their types and values, and the length they give. */
export function textProblems(part: TextPart): ComponentProblem[] {
  const { path, names, parameters, text, named, max } = part;
  if (!named && names.length !== parameters.length)
    return [problem('parameter-count', path, `needs ${names.length} parameters, has ${parameters.length}`)];
  const problems = [...namesProblems(part), ...valueProblems(part)];
  if (problems.length) return problems;
  if (characters(substitute(text, valuesOf(names, parameters, named)), max) > max)
    return [problem('too-long', path, `is longer than ${max} characters with its variables filled in`)];
  return [];
}
