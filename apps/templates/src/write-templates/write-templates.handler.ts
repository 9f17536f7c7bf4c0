import { isRefusal } from '@postrider/decider';
import { type By, type Changing, problemOf } from '@postrider/service-host';
import type { z } from 'zod';
import { refusedByMeta } from '../meta/refused-by-meta';
import { shaped } from '../recording/draft-template';
import type { MetaOfAccount } from '../recording/meta-of-account';
import { deleteTemplate, reviseTemplate } from '../template/authoring.decider';
import type { ReviseBody } from '../template/bodies';
import { template } from '../template/template.decider';
import type { ShownTemplate } from '../views/templates';

export interface WriteDeps {
  readonly changing: Changing;
  readonly metaOf: MetaOfAccount;
}

/** Revises and deletes templates. A refusal is thrown as the problem that the caller gets. */
export function writeTemplates({ changing, metaOf }: WriteDeps) {
  return {
    async revise({ id, shown }: ShownTemplate, body: z.infer<typeof ReviseBody>, by: By): Promise<void> {
      const given = Object.entries(body).filter(([, value]) => value !== undefined);
      const definition = shaped({ ...(shown.revision ?? shown.definition), ...Object.fromEntries(given) });
      const revised = await changing.change(by, id, template, (state) => reviseTemplate({ definition }, state));
      if (isRefusal(revised)) throw problemOf(revised);
      await changing.shown([revised]);
    },

    /** Deletes it at Meta first, where Meta knows it: one that is gone here must not be sendable there. */
    async remove({ id, shown }: ShownTemplate, by: By): Promise<void> {
      if (shown.metaTemplateId !== undefined && shown.state !== 'deleted') {
        const meta = await metaOf(shown.accountId);
        await meta?.remove(shown.definition.name, shown.metaTemplateId).catch(refusedByMeta);
      }
      const deleted = await changing.change(by, id, template, (state) => deleteTemplate({}, state));
      if (isRefusal(deleted)) throw problemOf(deleted);
      await changing.shown([deleted]);
    },
  };
}
export const WriteTemplates = Symbol('WriteTemplates');
export type WriteTemplates = ReturnType<typeof writeTemplates>;
