import type { Simulation } from '../world/simulation';
import type { Window } from '../world/state';

export const dayMs = 86_400_000;

export const windowOf = (sim: Simulation, phoneNumberId: string, userId: string): Window | undefined =>
  sim.state.windows.get(`${phoneNumberId}:${userId}`);

/** Whether free text may go: within 24 hours of the person's last message. */
export function windowIsOpen(sim: Simulation, phoneNumberId: string, userId: string): boolean {
  const window = windowOf(sim, phoneNumberId, userId);
  return window !== undefined && sim.nowMs() < window.lastInboundAtMs + dayMs;
}

/** Until when the free entry point runs, if there is one. */
export function freeEntryUntil(sim: Simulation, phoneNumberId: string, userId: string): number | undefined {
  const until = windowOf(sim, phoneNumberId, userId)?.freeUntilMs;
  return until !== undefined && until > sim.nowMs() ? until : undefined;
}

/** An answer within 24 hours of a click on an ad makes 72 hours free. */
export function answerEntryPoint(sim: Simulation, phoneNumberId: string, userId: string): void {
  const window = windowOf(sim, phoneNumberId, userId);
  if (window?.entryPointAtMs === undefined || window.freeUntilMs !== undefined) return;
  if (sim.nowMs() < window.entryPointAtMs + dayMs) window.freeUntilMs = sim.nowMs() + 3 * dayMs;
}
