import { z } from 'zod';
import { graphId } from './success';

const moment = z.number();

/** Counts of one template on one day. */
export const TemplatePoint = z.looseObject({
  template_id: graphId,
  start: moment,
  end: moment,
  sent: z.number().optional(),
  delivered: z.number().optional(),
  read: z.number().optional(),
  clicked: z
    .array(z.looseObject({ type: z.string(), button_content: z.string().optional(), count: z.number().optional() }))
    .optional(),
});
export type TemplatePoint = z.infer<typeof TemplatePoint>;

export const TemplateAnalytics = z.looseObject({
  granularity: z.string().optional(),
  product_type: z.string().optional(),
  data_points: z.array(TemplatePoint),
});
export type TemplateAnalytics = z.infer<typeof TemplateAnalytics>;

export const PricingPoint = z.looseObject({
  start: moment,
  end: moment,
  country: z.string().optional(),
  phone_number: z.string().optional(),
  pricing_type: z.string().optional(),
  pricing_category: z.string().optional(),
  tier: z.string().optional(),
  volume: z.number().optional(),
  cost: z.number().optional(),
});
export type PricingPoint = z.infer<typeof PricingPoint>;

export const PricingAnalytics = z.looseObject({
  pricing_analytics: z
    .looseObject({ data: z.array(z.looseObject({ data_points: z.array(PricingPoint) })).optional() })
    .optional(),
});
