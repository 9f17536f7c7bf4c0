import {
  TemplateApproved,
  TemplateCategoryChanged,
  TemplateDeleted,
  TemplateDisabled,
  TemplateDiscovered,
  TemplateDrafted,
  TemplatePaused,
  TemplateQualityChanged,
  TemplateReinstated,
  TemplateRejected,
  TemplateRevised,
  TemplateSubmitted,
  type RecordedEvent,
} from '@postrider/event-contracts';
import type { Fold } from '@postrider/messaging';
import { isA } from '../is-a';
import { observe, type Observed, type Shown } from '../observed/observe';

/** What an event tells of a template. */
export function observedOfTemplates(event: RecordedEvent): Observed | undefined {
  const { templateId: id } = event.data as { templateId: string };
  const sets = (members: Shown): Observed => ({
    ...{ kind: 'template', id },
    apply: (state) => ({ ...state, ...members, changedAt: event.at.toISOString() }),
  });
  const settled = { rejectionReason: null, pausedUntil: null };
  if (isA(TemplateDrafted, event)) {
    const { name, language, category } = event.data.definition;
    return sets({ name, language, category, accountId: event.data.accountId, state: 'draft' });
  }
  if (isA(TemplateDiscovered, event)) {
    const { definition, accountId, status, quality, rejectionReason } = event.data;
    const { name, language, category } = definition;
    return sets({ name, language, category, accountId, state: status.toLowerCase(), quality, rejectionReason });
  }
  if (isA(TemplateRevised, event)) return sets({ category: event.data.definition.category });
  if (isA(TemplateSubmitted, event)) return sets({ state: 'pending', ...settled });
  if (isA(TemplateApproved, event)) return sets({ state: 'approved', ...settled });
  if (isA(TemplateReinstated, event)) return sets({ state: 'approved', ...settled });
  if (isA(TemplateRejected, event)) return sets({ state: 'rejected', rejectionReason: event.data.reason });
  if (isA(TemplatePaused, event)) return sets({ state: 'paused', pausedUntil: event.data.until ?? null });
  if (isA(TemplateDisabled, event)) return sets({ state: 'disabled' });
  if (isA(TemplateDeleted, event)) return sets({ state: 'deleted' });
  if (isA(TemplateCategoryChanged, event)) return sets({ category: event.data.category });
  if (isA(TemplateQualityChanged, event)) return sets({ quality: event.data.quality });
  return undefined;
}

/** Every template with its state, quality and why it was rejected. */
export function templateCatalogue(): Fold {
  return {
    kind: 'fold',
    name: 'projections:template-catalogue',
    hears: [
      TemplateDrafted,
      TemplateDiscovered,
      TemplateRevised,
      TemplateSubmitted,
      TemplateApproved,
      TemplateReinstated,
      TemplateRejected,
      TemplatePaused,
      TemplateDisabled,
      TemplateDeleted,
      TemplateCategoryChanged,
      TemplateQualityChanged,
    ],
    tables: ['template_catalogue'],
    handle: (events, tx) => observe('template_catalogue', events, observedOfTemplates, tx),
    async reset(tx) {
      await tx.query('delete from template_catalogue');
    },
  };
}
