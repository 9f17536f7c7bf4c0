/** SQLSTATE by which the append function says that the lease is not held. */
export const leaseLostState = 'LL001';
