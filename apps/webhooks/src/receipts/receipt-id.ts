import { v7 } from 'uuid';

let lastMs = 0;
let sequence = 0;

/** The id of a receipt: of the millisecond it came in, so that ids sort as a process's receipts came. */
export function receiptId(receivedAt: Date): string {
  const msecs = receivedAt.getTime();
  sequence = msecs === lastMs ? sequence + 1 : 0;
  lastMs = msecs;
  return v7({ msecs, seq: sequence });
}
