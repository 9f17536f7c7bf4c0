import type { TemplateComponent, TemplateDefinition } from '../definition';

/** Where a component stands, as `components[2]`; `components` where it is missing. */
export function pathOf(definition: Pick<TemplateDefinition, 'components'>, type: TemplateComponent['type']): string {
  const index = definition.components.findIndex((component) => component.type === type);
  return index === -1 ? 'components' : `components[${index}]`;
}
