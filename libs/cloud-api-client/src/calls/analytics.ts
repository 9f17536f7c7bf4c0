import { PricingAnalytics, TemplateAnalytics, type PricingPoint } from '../answers/analytics';
import { Success } from '../answers/success';
import type { CallOptions, Graph } from '../transport/graph';
import { listPages } from './list-pages';

/** Seconds since 1970. */
interface Period {
  readonly start: number;
  readonly end: number;
}
export interface TemplateAnalyticsQuery extends Period {
  /** Ten, at most. */
  readonly templateIds: readonly string[];
  readonly metricTypes?: readonly ('SENT' | 'DELIVERED' | 'READ' | 'CLICKED' | 'COST')[];
}
export interface PricingAnalyticsQuery extends Period {
  readonly granularity: 'HALF_HOUR' | 'DAILY' | 'MONTHLY';
  readonly phoneNumbers?: readonly string[];
  readonly countryCodes?: readonly string[];
  readonly metricTypes?: readonly ('COST' | 'VOLUME')[];
  readonly pricingTypes?: readonly string[];
  readonly pricingCategories?: readonly string[];
  readonly dimensions?: readonly ('COUNTRY' | 'PHONE' | 'PRICING_CATEGORY' | 'PRICING_TYPE' | 'TIER')[];
}

const chained = (name: string, values: readonly string[] | undefined) =>
  values ? `.${name}(${JSON.stringify(values)})` : '';

/** Meta's own counts and costs. */
export const analytics = (api: Graph) => ({
  /** By day, for the last ninety; insights must be on, and are not for European, British and Japanese businesses. */
  template: (
    wabaId: string,
    query: TemplateAnalyticsQuery,
    options?: CallOptions,
  ): AsyncGenerator<TemplateAnalytics, void, undefined> => {
    const list = {
      path: `/${encodeURIComponent(wabaId)}/template_analytics`,
      query: {
        start: query.start,
        end: query.end,
        granularity: 'daily',
        template_ids: `[${query.templateIds.join(',')}]`,
        metric_types: query.metricTypes?.join(','),
      },
      item: TemplateAnalytics,
    };
    return listPages(api, list, options);
  },
  /** Turns template insights on; they cannot be turned off again. */
  enableTemplateInsights: (wabaId: string, options?: CallOptions): Promise<Success> => {
    const query = { is_enabled_for_insights: true };
    return api.call({ method: 'POST', path: `/${encodeURIComponent(wabaId)}`, query }, Success, options);
  },
  /** Volume and cost by what was asked for; a year back. */
  pricing: async (wabaId: string, query: PricingAnalyticsQuery, options?: CallOptions): Promise<PricingPoint[]> => {
    const fields = [
      `pricing_analytics.start(${query.start}).end(${query.end}).granularity(${query.granularity})`,
      chained('phone_numbers', query.phoneNumbers),
      chained('country_codes', query.countryCodes),
      chained('metric_types', query.metricTypes),
      chained('pricing_types', query.pricingTypes),
      chained('pricing_categories', query.pricingCategories),
      chained('dimensions', query.dimensions),
    ].join('');
    const answer = await api.call(
      { method: 'GET', path: `/${encodeURIComponent(wabaId)}`, query: { fields } },
      PricingAnalytics,
      options,
    );
    return answer.pricing_analytics?.data?.flatMap((each) => each.data_points) ?? [];
  },
});
