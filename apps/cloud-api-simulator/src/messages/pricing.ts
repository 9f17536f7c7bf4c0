import type { Simulation } from '../world/simulation';
import type { MessageRecord } from '../world/witness';
import type { Acceptance } from './accept-message';
import { answerEntryPoint, freeEntryUntil, windowIsOpen } from './windows';

export interface Price {
  category: string;
  type: 'regular' | 'free_customer_service' | 'free_entry_point';
  freeEntryUntilMs?: number;
}

/** From here on service messages and utility templates inside the window are charged. */
const chargedFromMs = Date.UTC(2026, 9, 1);

/** Per-message prices as webhooks report them. */
export function priceOf(sim: Simulation, { phone, recipient, template, viaMarketingApi }: Acceptance): Price {
  answerEntryPoint(sim, phone.id, recipient.userId);
  const category = !template ? 'service' : viaMarketingApi ? 'marketing_lite' : template.category.toLowerCase();
  const freeEntryUntilMs = freeEntryUntil(sim, phone.id, recipient.userId);
  if (freeEntryUntilMs !== undefined) return { category, type: 'free_entry_point', freeEntryUntilMs };
  const charged = sim.nowMs() >= chargedFromMs;
  if (category === 'service')
    return { category, type: charged && !withinFreeService(sim, phone.id) ? 'regular' : 'free_customer_service' };
  const inWindow = category === 'utility' && windowIsOpen(sim, phone.id, recipient.userId);
  return { category, type: inWindow && !charged ? 'free_customer_service' : 'regular' };
}

/** Without a way to pay nothing goes that costs, and since service messages cost, none of them, free or not. */
export const needsPayment = (sim: Simulation, { pricingType, category }: MessageRecord): boolean =>
  pricingType === 'regular' ||
  (category === 'service' && pricingType !== 'free_entry_point' && sim.nowMs() >= chargedFromMs);

function withinFreeService(sim: Simulation, phoneNumberId: string): boolean {
  const key = `service:${phoneNumberId}:${new Date(sim.nowMs()).toISOString().slice(0, 7)}`;
  const used = (sim.state.counters[key] ?? 0) + 1;
  sim.state.counters[key] = used;
  return used <= sim.state.settings.freeServiceMessages;
}
