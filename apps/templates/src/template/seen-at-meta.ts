import {
  TemplateApproved,
  TemplateCategory,
  TemplateCategoryChanged,
  TemplateDeleted,
  TemplateDisabled,
  TemplateDiscovered,
  TemplatePaused,
  TemplateQualityChanged,
  TemplateReinstated,
  TemplateRejected,
  TemplateRevised,
  TemplateSubmitted,
  type TemplateDefinition,
} from '@postrider/event-contracts';
import { pauseEnd, stateOfStatus } from './meta-status';
import { sameWords } from './same-words';
import type { Template, TemplateEvent, TemplateState } from './template.decider';

/** A template as Meta shows it. */
export interface SeenTemplate {
  readonly metaTemplateId: string;
  readonly definition: TemplateDefinition;
  readonly status: string;
  readonly quality?: Template['quality'];
  readonly rejectionReason?: string;
}

/** What a webhook says of a template; what it does not say stays as it was. */
export interface TemplateReport {
  readonly metaTemplateId: string;
  readonly at: Date;
  readonly status?: string;
  readonly reason?: string;
  readonly recommendation?: string;
  /** Which pause it is: FIRST_PAUSE, SECOND_PAUSE … */
  readonly title?: string;
  readonly category?: string;
  readonly quality?: Template['quality'];
}

type Status = Pick<TemplateReport, 'metaTemplateId' | 'at' | 'reason' | 'recommendation' | 'title'> & {
  readonly status: string;
};

/**
 * A look at Meta. A template made elsewhere is discovered; of one we know, what differs is told. One that was deleted
 * and is still shown under its old id is only slow to go.
 */
export function observeTemplate(
  seen: SeenTemplate & { templateId: string; accountId: string; wabaId: string; at: Date },
  state: TemplateState,
): readonly TemplateEvent[] {
  const { templateId, accountId, wabaId, at, ...shown } = seen;
  const gone = stateOfStatus(seen.status) === 'deleted';
  if (!state || (state.state === 'deleted' && state.metaTemplateId !== seen.metaTemplateId)) {
    return gone ? [] : [TemplateDiscovered.of({ templateId, accountId, wabaId, ...shown })];
  }
  if (state.state === 'deleted') return [];
  const { metaTemplateId, status, rejectionReason: reason, quality } = seen;
  const known = statusEvents({ metaTemplateId, status, reason, at }, state);
  const category = categoryEvents(seen.definition.category, state);
  const words = { ...seen.definition, category: state.definition.category };
  const revised = sameWords(words, state.definition) ? [] : [TemplateRevised.of({ templateId, definition: words })];
  return [...revised, ...category, ...known, ...qualityEvents(quality, state)];
}

/** A webhook about a template we know; others have to be looked up first. */
export function reportTemplate(report: TemplateReport, state: TemplateState): readonly TemplateEvent[] {
  if (!state || state.state === 'deleted') return [];
  const { status } = report;
  return [
    ...categoryEvents(report.category, state),
    ...(status === undefined ? [] : statusEvents({ ...report, status }, state)),
    ...qualityEvents(report.quality, state),
  ];
}

/** A whole pass over Meta's templates did not show it. */
export function missTemplate(_command: object, state: TemplateState): readonly TemplateEvent[] {
  if (!state?.metaTemplateId || state.state === 'deleted') return [];
  return [TemplateDeleted.of({ templateId: state.templateId })];
}

/** The events that put a template in the state that Meta says it has. */
export function statusEvents(said: Status, state: Template): readonly TemplateEvent[] {
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
  { metaTemplateId, status, at, title, reason, recommendation }: Status,
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

function qualityEvents(quality: Template['quality'], state: Template): readonly TemplateEvent[] {
  if (quality === undefined || quality === (state.quality ?? 'UNKNOWN')) return [];
  return [TemplateQualityChanged.of({ templateId: state.templateId, quality, previous: state.quality })];
}
