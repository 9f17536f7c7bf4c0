import { Quality, type EventOf, type TemplateChangeReported } from '@postrider/event-contracts';
import type { TemplateReport } from '../template/seen-at-meta.decider';

/**
 * Reads Meta's `value` of a template webhook. `undefined` where only a look at Meta can tell: the components changed, or
 * a field that is not known.
 */
export function readTemplateChange({
  field,
  change,
  metaTemplateId,
  reportedAt,
}: EventOf<typeof TemplateChangeReported>['data']): TemplateReport | undefined {
  const about = { metaTemplateId, at: new Date(reportedAt) };
  switch (field) {
    case 'message_template_status_update':
      return { ...about, ...readStatus(change) };
    case 'message_template_quality_update':
      return { ...about, quality: Quality.safeParse(change.new_quality_score).data };
    case 'template_category_update':
      // With correct_category it only announces, a day ahead, what will be.
      return change.correct_category === undefined ? { ...about, category: text(change.new_category) } : about;
    default:
      return undefined;
  }
}

function readStatus(change: Record<string, unknown>): Partial<TemplateReport> {
  const rejection = record(change.rejection_info);
  const reason = text(rejection.reason) ?? text(change.reason);
  return {
    status: text(change.event),
    ...(reason === undefined || reason === 'NONE' ? {} : { reason }),
    recommendation: text(rejection.recommendation),
    title: text(record(change.other_info).title),
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
