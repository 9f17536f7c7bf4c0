import { templateFindings } from '@postrider/cloud-api-payloads';
import type { RecordedEvent } from '@postrider/event-contracts';
import { inMetasSpelling } from '../template/meta-spelling';
import type { Template } from '../template/template.decider';
import type { ShownTemplate } from './templates';

/** What Meta's review would say of the words that would be submitted next. */
export const findingsOf = (template: Template) =>
  templateFindings(inMetasSpelling(template.revision ?? template.definition));

/** A template as callers see it. */
export function showTemplate({ shown, createdAt, changedAt }: ShownTemplate) {
  const { templateId: id, accountId: businessAccountId, wabaId, definition, ...life } = shown;
  return { id, businessAccountId, wabaId, ...definition, ...life, createdAt, changedAt };
}

/** The same with the findings about its words. */
export const showWithFindings = (row: ShownTemplate) => ({ ...showTemplate(row), findings: findingsOf(row.shown) });

/** What happened to a template, in order, without the words of each revision. */
export const showHistory = (events: readonly RecordedEvent[]) =>
  events.map(({ type, at, actor, data }) => {
    const { templateId: _, definition: __, ...told } = data as Record<string, unknown>;
    return { type, at, actor, ...told };
  });
