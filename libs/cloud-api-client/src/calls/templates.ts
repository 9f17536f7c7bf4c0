import { z } from 'zod';
import { CreatedTemplate, ListedTemplate } from '../answers/template';
import { graphId, Success } from '../answers/success';
import type { CallOptions, Graph, Query } from '../transport/graph';
import { listPages } from './list-pages';

const fields = [
  'id,name,language,status,category,previous_category,correct_category,sub_category,parameter_format,rejected_reason',
  'quality_score,components,message_send_ttl_seconds,library_template_name,source',
].join(',');

/** A template as it is created; components as Meta spells them. */
export interface NewTemplate {
  readonly name: string;
  readonly language: string;
  readonly category: string;
  readonly parameter_format?: string;
  readonly components?: readonly unknown[];
  readonly message_send_ttl_seconds?: number;
  readonly [further: string]: unknown;
}
export interface TemplateEdit {
  /** All of them: what is left out is taken away. */
  readonly components?: readonly unknown[];
  readonly category?: string;
  readonly message_send_ttl_seconds?: number;
}
export interface TemplateFilter {
  readonly status?: string;
  readonly category?: string;
  readonly name?: string;
  readonly language?: string;
  readonly quality_score?: string;
  readonly source?: string;
  readonly fields?: string;
  readonly limit?: number;
}
/** By name in all languages, one of it by its id too, or up to a hundred by their ids. */
export type TemplatesToDelete = { name: string; hsmId?: string } | { hsmIds: readonly string[] };

export const templates = (api: Graph) => {
  const edge = (wabaId: string) => `/${encodeURIComponent(wabaId)}/message_templates`;
  const one = (id: string) => `/${encodeURIComponent(id)}`;
  const archive =
    (action: 'archive' | 'unarchive') => (wabaId: string, ids: readonly string[], options?: CallOptions) =>
      api.call(
        { method: 'POST', path: `${edge(wabaId)}/${action}`, json: { hsm_ids: ids }, onApiHost: true },
        Success,
        options,
      );
  return {
    /** A hundred an hour for an account. */
    create: (wabaId: string, template: NewTemplate, options?: CallOptions): Promise<CreatedTemplate> =>
      api.call({ method: 'POST', path: edge(wabaId), json: template }, CreatedTemplate, options),
    /** Authentication templates in several languages at once. */
    upsert: (
      wabaId: string,
      template: Omit<NewTemplate, 'language'> & { languages: readonly string[] },
      options?: CallOptions,
    ) => {
      const answer = z.looseObject({
        data: z.array(z.looseObject({ id: graphId, status: z.string().optional(), language: z.string().optional() })),
      });
      const path = `/${encodeURIComponent(wabaId)}/upsert_message_templates`;
      return api.call({ method: 'POST', path, json: template }, answer, options);
    },
    /** An approved one once a day and ten times in thirty. */
    edit: (id: string, edit: TemplateEdit, options?: CallOptions): Promise<Success> =>
      api.call({ method: 'POST', path: one(id), json: edit }, Success, options),
    /** Every template that passes the filter, through all pages. */
    list: (
      wabaId: string,
      filter: TemplateFilter = {},
      options?: CallOptions,
    ): AsyncGenerator<ListedTemplate, void, undefined> =>
      listPages(api, { path: edge(wabaId), query: { fields, ...filter } as Query, item: ListedTemplate }, options),
    get: (id: string, options?: CallOptions & { readonly fields?: string }): Promise<ListedTemplate> =>
      api.call({ method: 'GET', path: one(id), query: { fields: options?.fields ?? fields } }, ListedTemplate, options),
    delete: (wabaId: string, which: TemplatesToDelete, options?: CallOptions): Promise<Success> => {
      const query =
        'name' in which ? { name: which.name, hsm_id: which.hsmId } : { hsm_ids: JSON.stringify(which.hsmIds) };
      return api.call({ method: 'DELETE', path: edge(wabaId), query }, Success, options);
    },
    /** Needed after a pause by pacing; other pauses end by themselves. */
    unpause: (id: string, options?: CallOptions) =>
      api.call(
        { method: 'POST', path: `${one(id)}/unpause` },
        z.looseObject({ success: z.boolean(), reason: z.string().optional() }),
        options,
      ),
    archive: archive('archive'),
    unarchive: archive('unarchive'),
  };
};
