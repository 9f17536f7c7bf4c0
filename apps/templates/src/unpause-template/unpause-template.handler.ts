import type { Clock } from '@postrider/decider';
import { Problem, type By, type Changing } from '@postrider/service-host';
import { refusedByMeta } from '../meta/refused-by-meta';
import type { MetaOfAccount } from '../recording/meta-of-account';
import { takeUp } from '../recording/take-up';
import type { ShownTemplate } from '../views/templates';

export interface UnpauseDeps {
  readonly changing: Changing;
  readonly metaOf: MetaOfAccount;
  readonly clock: Clock;
}

/** Asks Meta to lift a pause, which after pacing does not end by itself; what state follows is Meta's to say. */
export function unpauseTemplate({ changing, metaOf, clock }: UnpauseDeps) {
  return async ({ shown }: ShownTemplate, by: By): Promise<void> => {
    const { templateId, accountId, wabaId, metaTemplateId, state } = shown;
    if (state !== 'paused' || metaTemplateId === undefined) {
      throw new Problem('conflict', `The template is not paused: it is ${state}.`);
    }
    const meta = await metaOf(accountId);
    if (!meta) throw new Problem('conflict', 'The business account of the template is not connected any more.');
    const { lifted, because } = await meta.unpause(metaTemplateId).catch(refusedByMeta);
    if (!lifted)
      throw new Problem('refused-by-meta', `Meta does not lift the pause: ${because ?? 'without a reason'}.`);
    const of = { templateId, accountId, wabaId, at: clock.now() };
    await changing.shown([await takeUp(changing, by, of, () => meta.one(metaTemplateId))]);
  };
}
export const UnpauseTemplate = Symbol('UnpauseTemplate');
export type UnpauseTemplate = ReturnType<typeof unpauseTemplate>;
