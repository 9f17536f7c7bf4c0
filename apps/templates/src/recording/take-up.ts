import type { Refusal } from '@postrider/decider';
import type { StreamChanged } from '@postrider/event-store';
import type { By, Changing } from '@postrider/service-host';
import { observeTemplate, type SeenTemplate } from '../template/seen-at-meta.decider';
import { template, type TemplateEvent, type TemplateState } from '../template/template.decider';

/**
 * Takes up how Meta shows a template. Meta is asked inside of the decision, and again if the template moved meanwhile: a
 * look that is older than what a webhook has told since would undo it.
 */
export function takeUp(
  changing: Changing,
  by: By,
  of: { readonly templateId: string; readonly accountId: string; readonly wabaId: string; readonly at: Date },
  look: (state: TemplateState) => Promise<SeenTemplate | undefined>,
): Promise<Refusal | StreamChanged<TemplateEvent>> {
  return changing.change(by, of.templateId, template, async (state) => {
    const seen = await look(state);
    return seen ? observeTemplate({ ...seen, ...of }, state) : [];
  });
}
