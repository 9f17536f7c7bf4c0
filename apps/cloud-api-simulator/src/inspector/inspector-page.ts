import type { Simulation } from '../world/simulation';

export function inspectorPage(sim: Simulation): string {
  return `<!doctype html><title>Cloud API simulator</title><h1>Cloud API simulator</h1><p>${sim.witness.total} messages</p>`;
}
