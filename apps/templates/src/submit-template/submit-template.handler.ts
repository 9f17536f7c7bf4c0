import { isRefusal, type Clock } from '@postrider/decider';
import { type By, type Changing, Problem, problemOf } from '@postrider/service-host';
import { refusedByMeta } from '../meta/refused-by-meta';
import type { TemplatesAtMeta } from '../meta/templates-at-meta';
import type { MetaOfAccount } from '../recording/meta-of-account';
import { takeUp } from '../recording/take-up';
import { mayBeSubmitted, submitTemplate as decide } from '../template/authoring.decider';
import { template, type Template } from '../template/template.decider';
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
  return async ({ shown }: ShownTemplate, by: By): Promise<void> => {
    const { templateId, accountId, wabaId } = shown;
    const findings = findingsOf(shown);
    const may = mayBeSubmitted(findings, shown, clock.now());
    if (isRefusal(may)) throw problemOf(may, may.refused === 'template-has-errors' ? { findings } : {});
    const meta = await metaOf(accountId);
    if (!meta) throw new Problem('conflict', 'The business account of the template is not connected any more.');
    const answered = await handOver(meta, shown);
    const now = clock.now();
    const submitted = await changing.change(by, templateId, template, (state) =>
      decide({ ...answered, edited: shown.state === 'approved', now }, state),
    );
    if (isRefusal(submitted)) throw problemOf(submitted);
    // Meta may have decided, and told so, before the line above: its word of now is what holds.
    const of = { templateId, accountId, wabaId, at: now };
    const observed = await takeUp(changing, by, of, () => meta.one(answered.metaTemplateId).catch(() => undefined));
    await changing.shown([submitted, observed]);
  };
}
export const SubmitTemplate = Symbol('SubmitTemplate');
export type SubmitTemplate = ReturnType<typeof submitTemplate>;

async function handOver(meta: TemplatesAtMeta, shown: Template) {
  const { metaTemplateId, revision, definition, state } = shown;
  if (metaTemplateId === undefined || state === 'draft') return meta.create(definition).catch(refusedByMeta);
  await meta.edit(metaTemplateId, revision ?? definition).catch(refusedByMeta);
  return { metaTemplateId, status: 'PENDING' };
}
