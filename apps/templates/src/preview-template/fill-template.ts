import {
  componentsFrom,
  templateVariables,
  type SendComponent,
  type SimpleVariables,
  type TemplateDefinition,
} from '@postrider/cloud-api-payloads';
import { LiquidProblem, personaliser, type Data, type Variables } from '@postrider/personalisation';
import { Problem } from '@postrider/service-host';
import type { z } from 'zod';

type Definition = z.infer<typeof TemplateDefinition>;
export interface Given {
  readonly variables?: Variables;
  /** With it the variables are Liquid over it; a named template without variables takes its values from it by name. */
  readonly data?: Data;
}

/** The components of a send with these values, or 422 that names each value that is missing. */
export function fillTemplate(definition: Definition, given: Given): SendComponent[] {
  const values = given.data === undefined ? (given.variables ?? []) : personalised(definition, given, given.data);
  const made = componentsFrom(definition, values as SimpleVariables);
  if (made.ok) return made.components;
  throw mismatch(made.problems);
}

/** The values do not fit: which, and why. */
export function mismatch(problems: readonly { path: string; message: string }[]): Problem {
  const errors = problems.map(({ path, message }) => ({ path, message }));
  return new Problem('parameters-mismatch', 'The values do not fit the template.', { errors });
}

function personalised(definition: Definition, { variables }: Given, data: Data): Variables {
  const liquid = variables ?? byName(definition);
  const pathOf = (variable: string): string =>
    Array.isArray(liquid) ? `variables[${variable}]` : `variables.${variable}`;
  try {
    const filled = personaliser(liquid).fill(data);
    if (filled.ok) return filled.values;
    const { missing, because } = filled;
    const message = missing === undefined ? because : `asks for "${missing}", which the data does not have`;
    throw mismatch([{ path: pathOf(filled.variable), message }]);
  } catch (error) {
    if (!(error instanceof LiquidProblem)) throw error;
    const errors = [{ path: pathOf(error.variable), message: error.message }];
    throw new Problem('malformed', 'The Liquid of a variable cannot be read.', { errors });
  }
}

function byName(definition: Definition): Variables {
  const { format, header, body } = templateVariables(definition);
  const names = [...header, ...body];
  if (format === 'NAMED') return Object.fromEntries(names.map((name) => [name, `{{ ${name} }}`]));
  if (names.length === 0) return [];
  const errors = [{ path: 'variables', message: 'give one for each, in Liquid over the data, such as "{{ name }}"' }];
  throw new Problem('malformed', "The template's variables have no names to find in the data.", { errors });
}
