import { everySoOften } from '../every-so-often';
import type { Background } from '../service-definition';
import type { Claims } from './claims';

/** Forgets idempotency keys once their seven days are over. */
export const sweepClaims = (claims: Claims): Background =>
  everySoOften('idempotency keys', 10 * 60_000, () => claims.sweep());
