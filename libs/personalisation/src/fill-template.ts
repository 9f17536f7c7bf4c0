import {
  componentsFrom,
  templateVariables,
  type SendComponent,
  type SimpleVariables,
  type TemplateDefinition,
} from '@postrider/cloud-api-payloads';
import { LiquidProblem, personaliser, type Data, type Variables } from './personaliser';

export interface Given {
  readonly variables?: Variables | undefined;
  /** With it the variables are Liquid over it; a named template without variables takes its values from it by name. */
  readonly data?: Data | undefined;
}

/** What is wrong with one value, without quoting it. */
export interface ValueProblem {
  readonly path: string;
  readonly message: string;
}

export type FilledTemplate =
  | { readonly ok: true; readonly components: SendComponent[] }
  /** `unreadable`: no data would help, as the Liquid cannot be read or names nothing of the data. */
  | { readonly ok: false; readonly unreadable: boolean; readonly problems: readonly ValueProblem[] };

/** The components of a send with these values; each value that is missing is named. */
export function fillTemplate(definition: TemplateDefinition, { variables, data }: Given): FilledTemplate {
  const values = data === undefined ? { ok: true, values: variables ?? [] } : personalised(definition, variables, data);
  if ('problems' in values) return values;
  const made = componentsFrom(definition, values.values as SimpleVariables);
  if (made.ok) return made;
  return { ok: false, unreadable: false, problems: made.problems.map(({ path, message }) => ({ path, message })) };
}

/** Why the Liquid of variables cannot be read; undefined where it can. */
export function liquidProblem(variables: Variables): ValueProblem | undefined {
  try {
    personaliser(variables);
    return undefined;
  } catch (error) {
    if (!(error instanceof LiquidProblem)) throw error;
    return { path: pathOf(variables, error.variable), message: error.message };
  }
}

type Failed = Extract<FilledTemplate, { ok: false }>;

function personalised(
  definition: TemplateDefinition,
  variables: Variables | undefined,
  data: Data,
): { ok: true; values: Variables } | Failed {
  const liquid = variables ?? byName(definition);
  if (liquid === undefined) {
    const message = 'give one for each, in Liquid over the data, such as "{{ name }}"';
    return { ok: false, unreadable: true, problems: [{ path: 'variables', message }] };
  }
  const problem = liquidProblem(liquid);
  if (problem !== undefined) return { ok: false, unreadable: true, problems: [problem] };
  const filled = personaliser(liquid).fill(data);
  if (filled.ok) return filled;
  const { variable, missing, because } = filled;
  const message = missing === undefined ? because : `asks for "${missing}", which the data does not have`;
  return { ok: false, unreadable: false, problems: [{ path: pathOf(liquid, variable), message }] };
}

/** Undefined for a template whose variables have no names to find in the data. */
function byName(definition: TemplateDefinition): Variables | undefined {
  const { format, header, body } = templateVariables(definition);
  const names = [...header, ...body];
  if (format === 'NAMED') return Object.fromEntries(names.map((name) => [name, `{{ ${name} }}`]));
  return names.length === 0 ? [] : undefined;
}

const pathOf = (variables: Variables, variable: string): string =>
  Array.isArray(variables) ? `variables[${variable}]` : `variables.${variable}`;
