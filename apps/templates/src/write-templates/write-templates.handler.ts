import { parseTemplateDefinition } from '@postrider/cloud-api-payloads';
import { isRefusal } from '@postrider/decider';
import type { TemplateDefinition } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import { Problem, problemOf } from '@postrider/service-host';
import type { z } from 'zod';
import { refusedByMeta } from '../meta/refused-by-meta';
import type { By, Changing } from '../recording/changing';
import type { MetaOfAccount } from '../recording/meta-of-account';
import { deleteTemplate, draftTemplate, reviseTemplate } from '../template/authoring.decider';
import type { DraftBody, ReviseBody } from '../template/bodies';
import type { KnownAccount } from '../views/known-account';
import type { ShownTemplate } from '../views/templates';

export interface WriteDeps {
  readonly changing: Changing;
  readonly knownAccount: KnownAccount;
  readonly metaOf: MetaOfAccount;
}

/** Drafts, revises and deletes templates. A refusal is thrown as the problem that the caller gets. */
export function writeTemplates({ changing, knownAccount, metaOf }: WriteDeps) {
  return {
    async draft(body: z.infer<typeof DraftBody>, by: By): Promise<string> {
      const { businessAccountId: accountId, parameterFormat = 'POSITIONAL', ...rest } = body;
      const { wabaId } = await knownAccount(by.workspaceId, accountId);
      const definition = shaped({ ...rest, parameterFormat });
      const templateId = derivedId.template(accountId, definition.name, definition.language);
      const drafted = await changing.change(by, templateId, (state) =>
        draftTemplate({ templateId, accountId, wabaId, definition }, state),
      );
      if (isRefusal(drafted)) throw problemOf(drafted);
      await changing.shown(drafted);
      return templateId;
    },

    async revise({ id, shown }: ShownTemplate, body: z.infer<typeof ReviseBody>, by: By): Promise<void> {
      const given = Object.entries(body).filter(([, value]) => value !== undefined);
      const definition = shaped({ ...(shown.revision ?? shown.definition), ...Object.fromEntries(given) });
      const revised = await changing.change(by, id, (state) => reviseTemplate({ definition }, state));
      if (isRefusal(revised)) throw problemOf(revised);
      await changing.shown(revised);
    },

    /** Deletes it at Meta first, where Meta knows it: one that is gone here must not be sendable there. */
    async remove({ id, shown }: ShownTemplate, by: By): Promise<void> {
      if (shown.metaTemplateId !== undefined && shown.state !== 'deleted') {
        const meta = await metaOf(shown.accountId);
        await meta?.remove(shown.definition.name, shown.metaTemplateId).catch(refusedByMeta);
      }
      const deleted = await changing.change(by, id, (state) => deleteTemplate({}, state));
      if (isRefusal(deleted)) throw problemOf(deleted);
      await changing.shown(deleted);
    },
  };
}
export const WriteTemplates = Symbol('WriteTemplates');
export type WriteTemplates = ReturnType<typeof writeTemplates>;

/** Only the shape is judged here: a draft with mistakes can be held, and its findings shown. */
function shaped(definition: TemplateDefinition): TemplateDefinition {
  const { parameterFormat, ...rest } = definition;
  const parsed = parseTemplateDefinition({ ...rest, parameter_format: parameterFormat });
  if (parsed.ok) return definition;
  throw new Problem('malformed', 'The components are not of a form that Meta has.', { errors: parsed.problems });
}
