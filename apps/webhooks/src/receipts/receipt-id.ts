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

/** The least id that a receipt of this moment could have. */
export function leastIdAt(moment: Date): string {
  const hex = Math.max(0, moment.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-0000-0000-000000000000`;
}
