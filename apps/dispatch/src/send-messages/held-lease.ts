import type { Clock } from '@postrider/decider';
import type { Leases } from '@postrider/event-store';

/** A lease that is kept up for as long as it is wanted. */
export interface HeldLease {
  readonly name: string;
  readonly fence: number;
  isHeld(): boolean;
  /** Whether a request begun now ends, at its latest, while nobody else can hold the lease. */
  mayBegin(): boolean;
  release(): Promise<void>;
}

export interface HoldOptions {
  readonly leases: Leases;
  readonly clock: Clock;
  readonly name: string;
  readonly owner: string;
  readonly ttlMs: number;
  /** Of what is done under the lease. */
  readonly requestTimeoutMs: number;
  onLost(): void;
}

const renewEveryMs = 1_000;

/**
 * Takes a lease and renews it many times within its life. Its end is counted on our own clock from before we asked, so
 * we let go before the database lets anybody else have it. Undefined while somebody else holds it.
 */
export async function holdLease(options: HoldOptions): Promise<HeldLease | undefined> {
  const { leases, clock, name, owner, ttlMs, requestTimeoutMs, onLost } = options;
  let endsAtMs = clock.monotonicMs() + ttlMs;
  const lease = await leases.acquire(name, owner, ttlMs);
  if (lease === undefined) return undefined;
  let held = true;
  const lose = (): void => {
    if (!held) return;
    held = false;
    clearInterval(timer);
    onLost();
  };
  let renewing = false;
  const renew = async (): Promise<void> => {
    if (renewing) return;
    renewing = true;
    const askedAtMs = clock.monotonicMs();
    try {
      if (await leases.renew(lease)) endsAtMs = askedAtMs + ttlMs;
      else lose();
    } catch {
      // The database may come back in time; until then the lease runs down on our clock.
      if (clock.monotonicMs() >= endsAtMs) lose();
    } finally {
      renewing = false;
    }
  };
  const timer = setInterval(() => void renew(), Math.min(renewEveryMs, ttlMs / 5));
  return {
    name,
    fence: lease.fence,
    isHeld: () => held && clock.monotonicMs() < endsAtMs,
    mayBegin: () => held && clock.monotonicMs() < endsAtMs - requestTimeoutMs,
    async release() {
      clearInterval(timer);
      if (held) await leases.release(lease);
      held = false;
    },
  };
}
