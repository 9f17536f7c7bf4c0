import { detailsOf } from '../graph/error-table';
import { countryOf, sanctionedCountries } from '../world/countries';
import type { Simulation } from '../world/simulation';
import type { MessageRecord } from '../world/witness';
import type { Acceptance } from './accept-message';
import type { Persona } from './personas';
import { personaOf } from './personas';
import { needsPayment } from './pricing';
import { dayMs, windowIsOpen } from './windows';

export interface Outcome {
  persona: Persona;
  failsWith?: number;
  details?: string;
  /** A voice note that is listened to. */
  played?: boolean;
}

/** What becomes of an accepted message: the rules that Meta applies only after it has answered 200. */
export function decideOutcome(sim: Simulation, acceptance: Acceptance, message: MessageRecord): Outcome {
  const { settings } = sim.state;
  const person = sim.state.people.get(message.userId);
  const digits = person?.persona ?? (message.phone ?? message.userId).slice(-2);
  const persona = settings.enforcePersonas || person?.persona ? personaOf(digits) : 'reads';
  const failsWith = person?.failsWith ?? failureOf(sim, acceptance, message, persona);
  return { persona, ...(failsWith !== undefined && { failsWith, details: detailsOf(failsWith) }) };
}

function failureOf(
  sim: Simulation,
  acceptance: Acceptance,
  message: MessageRecord,
  persona: Persona,
): number | undefined {
  const { account, phone, template } = acceptance;
  const country = message.phone === undefined ? message.userId.slice(0, 2) : countryOf(message.phone);
  if (phone.blocked.has(message.userId)) return 130403;
  if (persona === 'not-on-whatsapp' || sanctionedCountries.has(country)) return 131026;
  if (account.paymentMissing && needsPayment(sim, message)) return 131042;
  const open = windowIsOpen(sim, phone.id, message.userId);
  if (!template)
    return open || message.freeEntryUntilMs !== undefined || !sim.state.settings.enforceWindow ? undefined : 131047;
  if (template.category === 'MARKETING' && country === 'US') return 131049;
  if (template.category === 'MARKETING' && sim.state.people.get(message.userId)?.stoppedMarketing.has(phone.wabaId))
    return 131050;
  if (persona === 'held-back') return 131049;
  if (persona === 'stopped-marketing') return 131050;
  return open || withinPortfolioLimit(sim, account.portfolioId, message.userId) ? undefined : 131048;
}

/** Counts the users reached outside their windows in the last 24 hours, over all numbers of the portfolio. */
function withinPortfolioLimit(sim: Simulation, portfolioId: string, userId: string): boolean {
  const portfolio = sim.state.portfolios.get(portfolioId);
  if (!portfolio || portfolio.messagingLimit === 0 || !sim.state.settings.enforcePortfolioLimit) return true;
  const { reached } = portfolio;
  const since = sim.nowMs() - dayMs;
  for (const [user, atMs] of reached) {
    if (atMs > since) break;
    reached.delete(user);
  }
  if (!reached.has(userId) && reached.size >= portfolio.messagingLimit) return false;
  // Deleting first keeps the map in order of time, which the loop above relies on.
  reached.delete(userId);
  reached.set(userId, sim.nowMs());
  return true;
}
