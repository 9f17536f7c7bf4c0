import { TemplateDefinition as MetaDefinition } from '@postrider/cloud-api-payloads';
import { TemplateCategory, type TemplateDefinition } from '@postrider/event-contracts';
import type { z } from 'zod';

/** A definition in Meta's spelling, parsed: what the pure checks and renderings of `cloud-api-payloads` take. */
export function inMetasSpelling(definition: TemplateDefinition): z.infer<typeof MetaDefinition> {
  const { parameterFormat, ...rest } = definition;
  return MetaDefinition.parse({ ...rest, parameter_format: parameterFormat });
}

/** What Meta shows of a template in ours; undefined where it lacks what every template has. */
export function inOurSpelling(shown: {
  name?: string | null;
  language?: string | null;
  category?: string | null;
  parameter_format?: string | null;
  components?: readonly Record<string, unknown>[] | null;
}): TemplateDefinition | undefined {
  const category = TemplateCategory.safeParse(shown.category?.toUpperCase());
  if (!shown.name || !shown.language || !category.success) return undefined;
  return {
    name: shown.name,
    language: shown.language,
    category: category.data,
    parameterFormat: shown.parameter_format?.toUpperCase() === 'NAMED' ? 'NAMED' : 'POSITIONAL',
    components: [...(shown.components ?? [])],
  };
}
