import type { Facts } from '@postrider/compliance';
import { fillTemplate } from '@postrider/personalisation';
import type { TemplateView } from '../judging/copies';
import { misfits, templateContent, templatePayload, type Payload } from '../judging/facts';
import { freeFormTypes, type MessageBody } from './message-body';

/** What a message says: for Meta, and for the rules. */
export interface Content {
  readonly payload: Payload;
  readonly judged: Facts['content'];
}

/** Of a body whose template, if it names one, has been found. */
export function contentOf(body: MessageBody, template: TemplateView | undefined, at: Date): Content {
  const context = body.context === undefined ? {} : { context: body.context };
  if (body.template !== undefined && template !== undefined) {
    const { components, problems } = fill(template, body);
    const payload = { ...templatePayload(template, components), ...context };
    return { payload, judged: templateContent(template, problems, at) };
  }
  const type = freeFormTypes.find((each) => body[each] !== undefined)!;
  return { payload: { type, [type]: body[type], ...context }, judged: { kind: 'free-form', type } };
}

function fill(template: TemplateView, body: MessageBody): { components: readonly unknown[]; problems: string[] } {
  const { components, variables } = body.template!;
  if (components !== undefined) return { components, problems: misfits(template, components) };
  if (template.definition === undefined) return { components: [], problems: misfits(template, []) };
  const made = fillTemplate(template.definition, { variables, data: body.data });
  if (!made.ok) return { components: [], problems: made.problems.map(({ path, message }) => `${path}: ${message}`) };
  return { components: made.components, problems: misfits(template, made.components) };
}
