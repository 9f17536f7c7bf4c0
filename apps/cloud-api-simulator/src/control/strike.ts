import { isBag } from '../messages/checks';
import type { Simulation } from '../world/simulation';
import type { Fault } from '../world/state';

/** The first fault that is set on this, matches and comes up at its rate. */
export function strike(
  sim: Simulation,
  on: readonly string[],
  kinds: readonly string[],
  subject: () => Record<string, unknown>,
): Fault | undefined {
  if (sim.state.faults.size === 0) return undefined;
  for (const fault of sim.state.faults.values()) {
    if (!(fault.on === 'any' || on.includes(fault.on)) || !kinds.includes(fault.kind)) continue;
    if (fault.times !== undefined && fault.hits >= fault.times) continue;
    if (fault.match && !matches(fault.match, subject())) continue;
    if (fault.rate < 1 && sim.random() >= fault.rate) continue;
    fault.hits += 1;
    return fault;
  }
  return undefined;
}

/** Every key of the pattern is found; `*` in a text stands for anything; a leading plus does not matter. */
export function matches(pattern: unknown, value: unknown): boolean {
  if (isBag(pattern)) return isBag(value) && Object.entries(pattern).every(([key, part]) => matches(part, value[key]));
  if (Array.isArray(pattern)) return pattern.some((one) => matches(one, value));
  const wanted = String(pattern).replace(/^\+/, '');
  const actual = String(value).replace(/^\+/, '');
  if (!wanted.includes('*')) return wanted === actual;
  const parts = wanted.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(actual);
}
