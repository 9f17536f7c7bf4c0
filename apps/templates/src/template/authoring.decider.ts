import { refuse, type Outcome } from '@postrider/decider';
import {
  TemplateDeleted,
  TemplateDrafted,
  TemplateRevised,
  TemplateRevisionDrafted,
  TemplateSubmitted,
  type TemplateDefinition,
} from '@postrider/event-contracts';
import { isDeepStrictEqual } from 'node:util';
import type { TemplateEvent, TemplateLife, TemplateState } from './template.decider';
import { nextEditAt } from './edit-limit';
import { categoryEvents, statusEvents } from './meta-word';

type Decided<Code extends string = never> = Outcome<TemplateEvent, 'not-found' | 'conflict' | Code>;
const missing = refuse('not-found', 'there is no such template');

/** A name and language is written once in an account; after a deletion it may be written again. */
export function draftTemplate(
  command: { templateId: string; accountId: string; wabaId: string; definition: TemplateDefinition },
  state: TemplateState,
): Decided {
  if (state && state.state !== 'deleted') {
    const { name, language } = command.definition;
    return refuse('conflict', `the account has a template "${name}" in ${language} already`);
  }
  return [TemplateDrafted.of(command)];
}

const fixed: Readonly<Partial<Record<TemplateLife, string>>> = {
  submitted: "the template is in Meta's review; revise it when Meta has answered",
  disabled: 'Meta disabled the template for good; write a new one',
};

/**
 * New words. A draft is changed at once; of a template that Meta knows the old words stay in force until the new ones
 * are submitted. Meta keeps the category of an approved one.
 */
export function reviseTemplate(command: { definition: TemplateDefinition }, state: TemplateState): Decided {
  if (!state || state.state === 'deleted') return missing;
  const because = fixed[state.state];
  if (because !== undefined) return refuse('conflict', because);
  const { templateId } = state;
  const { definition } = command;
  if (isDeepStrictEqual(definition, state.revision ?? state.definition)) return [];
  if (state.state === 'draft') return [TemplateRevised.of({ templateId, definition })];
  if (state.state !== 'rejected' && definition.category !== state.definition.category) {
    return refuse('conflict', 'Meta does not change the category of an approved template; write a new one');
  }
  return [TemplateRevisionDrafted.of({ templateId, definition })];
}

/** Whether there is something that may be handed to Meta: the words, and whether Meta knows the template already. */
export function mayBeSubmitted(
  findings: readonly { code: string; severity: 'error' | 'warning' }[],
  state: TemplateState,
  now: Date,
): Outcome<never, 'not-found' | 'conflict' | 'template-has-errors' | 'template-edit-limit'> {
  if (!state || state.state === 'deleted') return missing;
  const because = fixed[state.state];
  if (because !== undefined) return refuse('conflict', because);
  if (state.state !== 'draft' && !state.revision) return refuse('conflict', 'nothing has changed since Meta took it');
  const next = state.state === 'approved' ? nextEditAt(state.edits ?? [], now) : undefined;
  if (next) {
    const because = `Meta takes one edit of an approved template in 24 hours and ten in 30 days; the next from ${next.toISOString()}`;
    return refuse('template-edit-limit', because);
  }
  const errors = findings.filter((finding) => finding.severity === 'error');
  if (errors.length === 0) return [];
  const codes = [...new Set(errors.map((error) => error.code))].join(', ');
  return refuse('template-has-errors', `Meta would reject it: ${codes}`);
}

/** What Meta answered to a submission, `edited` where the template was an approved one. Its webhook may have come before the answer; then nothing is left to say. */
export function submitTemplate(
  answered: { metaTemplateId: string; status: string; category?: string; edited?: boolean; now: Date },
  state: TemplateState,
): Decided {
  if (!state || state.state === 'deleted') return missing;
  const { templateId, revision } = state;
  const { metaTemplateId, status, now } = answered;
  const known = state.state !== 'draft' && state.metaTemplateId === metaTemplateId && !revision;
  if (known) return categoryEvents(answered.category, state);
  return [
    ...(revision ? [TemplateRevised.of({ templateId, definition: revision })] : []),
    TemplateSubmitted.of({
      templateId,
      metaTemplateId,
      ...(answered.edited ? { editedAt: now.toISOString() } : {}),
    }),
    ...categoryEvents(answered.category, revision ? { ...state, definition: revision } : state),
    ...statusEvents({ status, at: now, metaTemplateId }, { ...state, state: 'submitted', metaTemplateId }),
  ];
}

/** A template is deleted once. */
export function deleteTemplate(_command: object, state: TemplateState): Decided {
  if (!state) return missing;
  return state.state === 'deleted' ? [] : [TemplateDeleted.of({ templateId: state.templateId })];
}
