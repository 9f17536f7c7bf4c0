import { parseId, Problem, type Caller } from '@postrider/service-host';
import type { ShownTemplate, TemplateViews } from './templates';

/** The template that an address names, or 404. */
export const templateNamed =
  (views: TemplateViews) =>
  async ({ workspaceId }: Caller, raw: string): Promise<ShownTemplate> => {
    const row = await views.one(workspaceId, parseId(raw, 'template'));
    if (row) return row;
    throw new Problem('not-found', 'There is no template with this id.');
  };
export const TemplateNamed = Symbol('TemplateNamed');
export type TemplateNamed = ReturnType<typeof templateNamed>;
