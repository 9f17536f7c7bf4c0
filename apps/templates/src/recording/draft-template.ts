import { parseTemplateDefinition } from '@postrider/cloud-api-payloads';
import { isRefusal } from '@postrider/decider';
import type { TemplateDefinition } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import { type By, type Changing, Problem, problemOf } from '@postrider/service-host';
import { draftTemplate as decide } from '../template/authoring.decider';
import { template } from '../template/template.decider';
import type { KnownAccount } from '../views/known-account';

export type Draft = Omit<TemplateDefinition, 'parameterFormat'> & {
  readonly businessAccountId: string;
  readonly parameterFormat?: TemplateDefinition['parameterFormat'];
};

/** Writes a template down, and gives its id. A refusal is thrown as the problem that the caller gets. */
export function draftTemplate({ changing, knownAccount }: { changing: Changing; knownAccount: KnownAccount }) {
  return async (body: Draft, by: By): Promise<string> => {
    const { businessAccountId: accountId, parameterFormat = 'POSITIONAL', ...rest } = body;
    const { wabaId } = await knownAccount(by.workspaceId, accountId);
    const definition = shaped({ ...rest, parameterFormat });
    const templateId = derivedId.template(accountId, definition.name, definition.language);
    const drafted = await changing.create(by, templateId, template, (state) =>
      decide({ templateId, accountId, wabaId, definition }, state),
    );
    if (isRefusal(drafted)) throw problemOf(drafted);
    await changing.shown([drafted]);
    return templateId;
  };
}
export const DraftTemplate = Symbol('DraftTemplate');
export type DraftTemplate = ReturnType<typeof draftTemplate>;

/** Only the shape is judged here: a draft with mistakes can be held, and its findings shown. */
export function shaped(definition: TemplateDefinition): TemplateDefinition {
  const { parameterFormat, ...rest } = definition;
  const parsed = parseTemplateDefinition({ ...rest, parameter_format: parameterFormat });
  if (parsed.ok) return definition;
  throw new Problem('malformed', 'The components are not of a form that Meta has.', { errors: parsed.problems });
}
