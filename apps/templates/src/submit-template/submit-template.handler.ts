import { isRefusal, type Clock } from '@postrider/decider';
import { Problem, problemOf } from '@postrider/service-host';
import { refusedByMeta } from '../meta/refused-by-meta';
import type { TemplatesAtMeta } from '../meta/templates-at-meta';
import type { By, Changing } from '../recording/changing';
import type { MetaOfAccount } from '../recording/meta-of-account';
import { mayBeSubmitted, submitTemplate as decide } from '../template/authoring.decider';
import { observeTemplate } from '../template/seen-at-meta.decider';
import type { Template } from '../template/template.decider';
import { findingsOf } from '../views/shown';
import type { ShownTemplate } from '../views/templates';

export interface SubmitDeps {
  readonly changing: Changing;
  readonly metaOf: MetaOfAccount;
  readonly clock: Clock;
}

/**
 * Hands a draft, or new words for a known template, to Meta's review. Should we die between Meta's answer and our own
 * record, the next look at Meta finds the template under its name and language and takes it up.
 */
export function submitTemplate({ changing, metaOf, clock }: SubmitDeps) {
  return async ({ shown: template }: ShownTemplate, by: By): Promise<void> => {
    const { templateId, accountId } = template;
    const findings = findingsOf(template);
    const may = mayBeSubmitted(findings, template);
    if (isRefusal(may)) throw problemOf(may, may.refused === 'template-has-errors' ? { findings } : {});
    const meta = await metaOf(accountId);
    if (!meta) throw new Problem('conflict', 'The business account of the template is not connected any more.');
    const answered = await handOver(meta, template);
    const now = clock.now();
    const submitted = await changing.change(by, templateId, (state) => decide({ ...answered, now }, state));
    if (isRefusal(submitted)) throw problemOf(submitted);
    // Meta may have decided, and told so, before the line above: its word of now is what holds.
    const seen = await meta.one(answered.metaTemplateId).catch(() => undefined);
    const { wabaId } = template;
    const observed =
      seen &&
      (await changing.change(by, templateId, (state) =>
        observeTemplate({ ...seen, templateId, accountId, wabaId, at: now }, state),
      ));
    await changing.shown(submitted, ...(observed ? [observed] : []));
  };
}
export const SubmitTemplate = Symbol('SubmitTemplate');
export type SubmitTemplate = ReturnType<typeof submitTemplate>;

async function handOver(meta: TemplatesAtMeta, template: Template) {
  const { metaTemplateId, revision, definition } = template;
  if (metaTemplateId === undefined || template.state === 'draft') return meta.create(definition).catch(refusedByMeta);
  await meta.edit(metaTemplateId, revision ?? definition).catch(refusedByMeta);
  return { metaTemplateId, status: 'PENDING' };
}
