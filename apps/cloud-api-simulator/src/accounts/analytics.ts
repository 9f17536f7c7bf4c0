import { countryOf } from '../world/countries';
import type { Simulation } from '../world/simulation';
import type { Tally } from '../world/state';
import type { MessageRecord } from '../world/witness';

const dayMs = 86_400_000;

/** Counts a status for the analytics edges: by number, day, category, price, country and template. */
export function tally(sim: Simulation, message: MessageRecord, status: string): void {
  if (status !== 'sent' && status !== 'delivered' && status !== 'read') return;
  const day = Math.floor(message.acceptedAtMs / dayMs);
  const country = message.phone === undefined ? message.userId.slice(0, 2) : countryOf(message.phone);
  const key = `${message.phoneNumberId}|${day}|${message.category}|${message.pricingType}|${country}|${message.templateId ?? ''}`;
  let counted = sim.state.analytics.get(key);
  if (!counted) {
    counted = {
      phoneNumberId: message.phoneNumberId,
      day,
      category: message.category,
      type: message.pricingType,
      country,
      ...(message.templateId !== undefined && { templateId: message.templateId }),
      sent: 0,
      delivered: 0,
      read: 0,
    };
    sim.state.analytics.set(key, counted);
  }
  counted[status] += 1;
}

/** The counts of an account between two instants in seconds, whole days. */
export function tallies(sim: Simulation, wabaId: string, startSeconds: number, endSeconds: number): Tally[] {
  const first = Math.floor((startSeconds * 1000) / dayMs);
  return [...sim.state.analytics.values()].filter(
    (one) =>
      one.day >= first && one.day * 86_400 < endSeconds && sim.state.numbers.get(one.phoneNumberId)?.wabaId === wabaId,
  );
}
