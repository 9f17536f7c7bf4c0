import {
  TemplateApproved,
  TemplateCategory,
  TemplateCategoryChanged,
  TemplateDeleted,
  TemplateDisabled,
  TemplatePaused,
  TemplateQualityChanged,
  TemplateReinstated,
  TemplateRejected,
  TemplateSubmitted,
} from '@postrider/event-contracts';
import { pauseEnd, stateOfStatus } from './meta-status';
import type { Template, TemplateEvent } from './template.decider';

/** Meta's word on a template's state, with what goes with it. */
export interface SaidStatus {
  readonly metaTemplateId: string;
  readonly at: Date;
  readonly status: string;
  readonly reason?: string;
  readonly recommendation?: string;
  /** Which pause it is: FIRST_PAUSE, SECOND_PAUSE … */
  readonly title?: string;
}

/** The events that put a template in the state that Meta says it has. */
export function statusEvents(said: SaidStatus, state: Template): readonly TemplateEvent[] {
  const { templateId } = state;
  const to = stateOfStatus(said.status);
  if (to === undefined) return [];
  // Meta answers before we have written down that it was asked: its word is the first we hear of the review.
  const submitted =
    state.state === 'draft' || state.metaTemplateId !== said.metaTemplateId
      ? [TemplateSubmitted.of({ templateId, metaTemplateId: said.metaTemplateId })]
      : [];
  const from = submitted.length > 0 ? 'submitted' : state.state;
  return [...submitted, ...(from === to && to !== 'rejected' ? [] : moved(to, from, said, state))];
}

function moved(
  to: ReturnType<typeof stateOfStatus>,
  from: Template['state'],
  { metaTemplateId, status, at, title, reason, recommendation }: SaidStatus,
  state: Template,
): TemplateEvent[] {
  const { templateId } = state;
  switch (to) {
    case 'approved':
      return [from === 'paused' ? TemplateReinstated.of({ templateId }) : TemplateApproved.of({ templateId })];
    case 'submitted':
      return [TemplateSubmitted.of({ templateId, metaTemplateId })];
    case 'rejected': {
      const told = reason ?? state.rejection?.reason ?? 'NONE';
      const advice = recommendation ?? state.rejection?.recommendation;
      const again =
        from === 'rejected' && state.rejection?.reason === told && state.rejection.recommendation === advice;
      return again ? [] : [TemplateRejected.of({ templateId, reason: told, recommendation: advice })];
    }
    case 'paused':
      return [
        TemplatePaused.of({
          templateId,
          reason: title ?? (status === 'PAUSED' ? reason : status),
          until: pauseEnd(title, at),
        }),
      ];
    case 'disabled':
      return [TemplateDisabled.of({ templateId, reason: reason ?? title })];
    case 'deleted':
      return [TemplateDeleted.of({ templateId })];
    default:
      return [];
  }
}

/** Meta's word on the category wins. */
export function categoryEvents(category: string | undefined, state: Template): readonly TemplateEvent[] {
  const known = TemplateCategory.safeParse(category);
  const previous = state.definition.category;
  if (!known.success || known.data === previous) return [];
  return [TemplateCategoryChanged.of({ templateId: state.templateId, category: known.data, previous })];
}

/** A quality that is another one than before. */
export function qualityEvents(quality: Template['quality'], state: Template): readonly TemplateEvent[] {
  if (quality === undefined || quality === (state.quality ?? 'UNKNOWN')) return [];
  return [TemplateQualityChanged.of({ templateId: state.templateId, quality, previous: state.quality })];
}
