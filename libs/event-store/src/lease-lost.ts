/** The lease that an append demanded is held with another fence by now, or has run out; nothing was appended. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
  readonly lease: string;
  readonly fence: number;

  constructor(fence: { lease: string; fence: number }) {
    super(`the lease ${fence.lease} is no longer held with fence ${fence.fence}`);
    this.lease = fence.lease;
    this.fence = fence.fence;
  }
}
