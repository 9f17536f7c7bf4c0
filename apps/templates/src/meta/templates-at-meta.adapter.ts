import { cloudApi, CloudApiError, type ListedTemplate } from '@postrider/cloud-api-client';
import { Quality, type TemplateDefinition } from '@postrider/event-contracts';
import { inMetasSpelling, inOurSpelling } from '../template/meta-spelling';
import type { SeenTemplate } from '../template/seen-at-meta.decider';
import { MetaSaidNo, MetaUnreachable, type TemplatesAtMeta } from './templates-at-meta';

const pageSize = 250;
/** Meta's code for an object that is not there, or that the token may not see. */
const unknownObject = 100;

/** An account's templates at Meta, through the Cloud API client. */
export function templatesOver(access: {
  readonly accessToken: string;
  readonly graphUrl: string;
  readonly wabaId: string;
  readonly graphHosts: readonly string[];
}): TemplatesAtMeta {
  const { accessToken, graphUrl, wabaId, graphHosts } = access;
  const { templates } = cloudApi({ accessToken, graphUrl, allowedHosts: graphHosts });
  return {
    create: (definition) =>
      asked(async () => {
        const { id, status, category } = await templates.create(wabaId, spelt(definition));
        return { metaTemplateId: id, status: status ?? 'PENDING', category: category ?? undefined };
      }),
    edit: (metaTemplateId, { components, category }) =>
      asked(async () => void (await templates.edit(metaTemplateId, { components, category }))),
    remove: (name, metaTemplateId) =>
      asked(async () => void (await templates.delete(wabaId, { name, hsmId: metaTemplateId }))),
    async one(metaTemplateId) {
      try {
        return seen(await asked(() => templates.get(metaTemplateId)));
      } catch (error) {
        if (error instanceof MetaSaidNo && error.metaCode === unknownObject) return undefined;
        throw error;
      }
    },
    async *all() {
      const listed = templates.list(wabaId, { limit: pageSize });
      let page: SeenTemplate[] = [];
      for (;;) {
        const { value, done } = await asked(() => listed.next());
        if (done) break;
        const template = value && seen(value);
        if (template) page.push(template);
        if (page.length < pageSize) continue;
        yield page;
        page = [];
      }
      if (page.length > 0) yield page;
    },
  };
}

function spelt(definition: TemplateDefinition) {
  const { name, language, category, parameter_format } = inMetasSpelling(definition);
  // The components as they were written: parsing them may have dropped or recast what Meta reads.
  return { name, language, category, parameter_format, components: definition.components };
}

function seen(listed: ListedTemplate): SeenTemplate | undefined {
  const definition = inOurSpelling(listed);
  if (!definition || !listed.status) return undefined;
  const rejection = listed.rejected_reason;
  return {
    metaTemplateId: listed.id,
    definition,
    status: listed.status.toUpperCase(),
    quality: Quality.safeParse(listed.quality_score?.score).data,
    rejectionReason: rejection && rejection !== 'NONE' ? rejection : undefined,
  };
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof CloudApiError)) throw error;
    if (error.outcome !== 'rejected' || error.retryable) throw new MetaUnreachable(error.message, error);
    const { title, details } = error.error;
    throw new MetaSaidNo(error.metaCode, [title, details].filter((part) => part !== undefined).join(': '));
  }
}
