import {
  TemplateDeleted,
  TemplateDiscovered,
  TemplateRevised,
  type TemplateDefinition,
} from '@postrider/event-contracts';
import { stateOfStatus } from './meta-status';
import { categoryEvents, qualityEvents, statusEvents, type SaidStatus } from './meta-word';
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
export interface TemplateReport extends Partial<SaidStatus> {
  readonly metaTemplateId: string;
  readonly at: Date;
  readonly category?: string;
  readonly quality?: Template['quality'];
}

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
