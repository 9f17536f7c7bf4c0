import { GraphError } from '../graph/graph-error';
import type { Simulation } from '../world/simulation';
import type { Account, Tally } from '../world/state';
import { tallies } from './analytics';

interface Range {
  start: number;
  end: number;
}

function rangeOf(modifiers: Record<string, string>): Range {
  const start = Number(modifiers.start);
  const end = Number(modifiers.end);
  if (!Number.isInteger(start) || !Number.isInteger(end) || end <= start) {
    throw new GraphError(100, { message: '(#100) start and end must be UNIX timestamps in order.' });
  }
  return { start, end };
}

function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .replace(/[[\]"'\s]/g, '')
    .split(',')
    .filter(Boolean);
}

function narrowed(
  sim: Simulation,
  account: Account,
  modifiers: Record<string, string>,
): { range: Range; found: Tally[] } {
  const range = rangeOf(modifiers);
  const phones = listOf(modifiers.phone_numbers);
  const countries = listOf(modifiers.country_codes);
  const digits = (tally: Tally): string =>
    sim.state.numbers.get(tally.phoneNumberId)?.displayPhoneNumber.replace(/\D/g, '') ?? '';
  const found = tallies(sim, account.id, range.start, range.end).filter(
    (tally) =>
      (phones.length === 0 || phones.includes(digits(tally))) &&
      (countries.length === 0 || countries.includes(tally.country)),
  );
  return { range, found };
}

/** Sent and delivered by day. */
export function messagingAnalytics(sim: Simulation, account: Account, modifiers: Record<string, string>): unknown {
  const { found } = narrowed(sim, account, modifiers);
  const byDay = new Map<number, { sent: number; delivered: number }>();
  for (const tally of found) {
    const day = byDay.get(tally.day) ?? { sent: 0, delivered: 0 };
    byDay.set(tally.day, { sent: day.sent + tally.sent, delivered: day.delivered + tally.delivered });
  }
  const points = [...byDay].map(([day, counts]) => ({ start: day * 86_400, end: (day + 1) * 86_400, ...counts }));
  const numbers = [...sim.state.numbers.values()].filter((phone) => phone.wabaId === account.id);
  return {
    phone_numbers: numbers.map((phone) => phone.displayPhoneNumber.replace(/\D/g, '')),
    granularity: modifiers.granularity ?? 'DAY',
    data_points: points,
  };
}

/** Delivered volume and what it cost, by the dimensions asked for. Prices are the simulator's own. */
export function pricingAnalytics(sim: Simulation, account: Account, modifiers: Record<string, string>): unknown {
  const { found } = narrowed(sim, account, modifiers);
  const points = found.map((tally) => ({
    start: tally.day * 86_400,
    end: (tally.day + 1) * 86_400,
    phone_number: sim.state.numbers.get(tally.phoneNumberId)?.displayPhoneNumber.replace(/\D/g, ''),
    country: tally.country,
    pricing_type: tally.type.toUpperCase(),
    pricing_category: tally.category.toUpperCase(),
    volume: tally.delivered,
    cost: tally.type === 'regular' ? Number((tally.delivered * 0.01).toFixed(4)) : 0,
  }));
  return { data: [{ data_points: points }] };
}
