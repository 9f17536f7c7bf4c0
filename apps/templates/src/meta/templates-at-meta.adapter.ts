import { cloudApi, CloudApiError, type ListedTemplate } from '@postrider/cloud-api-client';
import { Quality, type TemplateDefinition } from '@postrider/event-contracts';
import { inMetasSpelling, inOurSpelling } from '../template/meta-spelling';
import type { SeenTemplate } from '../template/seen-at-meta.decider';
import { MetaSaidNo, MetaUnreachable, type DayAtMeta, type TemplatesAtMeta } from './templates-at-meta';

const pageSize = 250;
/** Meta's code for an object that is not there, or that the token may not see. */
const unknownObject = 100;

/** An account's templates at Meta, through the Cloud API client. */
export function templatesOver(access: {
  readonly accessToken: string;
  readonly graphUrl: string;
  readonly wabaId: string;
  readonly appId: string;
  readonly graphHosts: readonly string[];
}): TemplatesAtMeta {
  const { accessToken, graphUrl, wabaId, appId, graphHosts } = access;
  const { templates, uploads, analytics } = cloudApi({ accessToken, graphUrl, allowedHosts: graphHosts });
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
    unpause: (metaTemplateId) =>
      asked(async () => {
        const { success, reason } = await templates.unpause(metaTemplateId);
        return { lifted: success, ...(reason === undefined ? {} : { because: reason }) };
      }),
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
    uploadSample: (file) => asked(() => uploads.upload(appId, file)),
    counts: (metaTemplateId, { from, to }) =>
      asked(async () => {
        const period = { start: secondsOf(from), end: secondsOf(to) };
        const days: DayAtMeta[] = [];
        for await (const { data_points } of analytics.template(wabaId, { ...period, templateIds: [metaTemplateId] })) {
          days.push(...data_points.map(dayOf));
        }
        return days.sort((a, b) => a.day.localeCompare(b.day));
      }),
    enableInsights: () => asked(async () => void (await analytics.enableTemplateInsights(wabaId))),
  };
}

const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1_000);

interface PointAtMeta {
  readonly start: number;
  readonly sent?: number;
  readonly delivered?: number;
  readonly read?: number;
  readonly clicked?: readonly { readonly count?: number }[];
}

function dayOf(point: PointAtMeta): DayAtMeta {
  return {
    day: new Date(point.start * 1_000).toISOString().slice(0, 10),
    sent: point.sent ?? 0,
    delivered: point.delivered ?? 0,
    read: point.read ?? 0,
    clicked: (point.clicked ?? []).reduce((sum, { count }) => sum + (count ?? 0), 0),
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
