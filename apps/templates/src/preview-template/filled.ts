import { fillTemplate, type Given } from '@postrider/personalisation';
import type { SendComponent, TemplateDefinition } from '@postrider/cloud-api-payloads';
import { Problem } from '@postrider/service-host';

/** The components of a send with these values, or a problem that names each value that is missing. */
export function filled(definition: TemplateDefinition, given: Given): SendComponent[] {
  const made = fillTemplate(definition, given);
  if (made.ok) return made.components;
  if (!made.unreadable) throw mismatch(made.problems);
  throw new Problem('malformed', 'The Liquid of the variables cannot be read.', { errors: [...made.problems] });
}

/** The values do not fit: which, and why. */
export function mismatch(problems: readonly { path: string; message: string }[]): Problem {
  const errors = problems.map(({ path, message }) => ({ path, message }));
  return new Problem('parameters-mismatch', 'The values do not fit the template.', { errors });
}
