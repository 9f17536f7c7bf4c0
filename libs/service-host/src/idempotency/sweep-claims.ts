import { setTimeout as pause } from 'node:timers/promises';
import type { Background } from '../service-definition';
import type { Claims } from './claims';

const everyMs = 10 * 60_000;

/** Forgets idempotency keys once their seven days are over. */
export function sweepClaims(claims: Claims): Background {
  return {
    name: 'idempotency keys',
    async run(signal) {
      while (!signal.aborted) {
        await claims.sweep();
        await pause(everyMs, undefined, { signal }).catch(() => undefined);
      }
    },
  };
}
