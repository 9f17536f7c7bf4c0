import type { PriceCategory } from '../policies/spend';
import { priceCategories } from '../policies/spend';

/** What Meta says of a message's price with its statuses: not how much, but whether and as what. */
export interface ReportedPrice {
  readonly billable?: boolean | undefined;
  /** `regular`, `free_customer_service`, `free_entry_point`; Meta will drop `billable` for it. */
  readonly type?: string | undefined;
  /** With hyphens or underscores: both are seen. */
  readonly category?: string | undefined;
}

/**
 * The category that Meta billed a message under, or `free`; undefined where Meta says nothing that the rate card knows,
 * and the forecast stands. https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components (pricing)
 */
export function learntCategory({ billable, type, category }: ReportedPrice): PriceCategory | 'free' | undefined {
  if (billable === false || type?.startsWith('free')) return 'free';
  const named = category?.toLowerCase().replaceAll('_', '-');
  // The Marketing Messages API reports its own name for what costs as marketing does.
  if (named === 'marketing-lite') return 'marketing';
  return priceCategories.find((known) => known === named);
}
