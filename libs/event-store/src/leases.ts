/** A held lease. `fence` grows with every change of holder. */
export interface Lease {
  readonly name: string;
  readonly owner: string;
  readonly fence: number;
  /** How long it was granted for; the holder counts this down on its own monotonic clock from before it asked. */
  readonly ttlMs: number;
}

/** Leases run on the database's clock, so that no process's clock can break them. */
export interface Leases {
  /** Takes a free, expired or already own lease; undefined while somebody else holds it. Taking it again keeps the fence. */
  acquire(name: string, owner: string, ttlMs: number): Promise<Lease | undefined>;
  /** Extends a lease that is still held with this fence; false when it was lost. */
  renew(lease: Lease): Promise<boolean>;
  /** Gives it back at once. A lease that was lost meanwhile is left alone. */
  release(lease: Lease): Promise<void>;
  /** How many leases whose name begins so are held at this moment, by whomever. */
  held(prefix: string): Promise<number>;
}
