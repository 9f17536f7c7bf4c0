import type { Pool } from 'pg';
import { insertReceipts } from './insert-receipts.sql';

/** One delivery as it came. */
export interface Receipt {
  readonly id: string;
  readonly receivedAt: Date;
  /** The app whose secret signed it. */
  readonly appId: string;
  /** Who may see it. */
  readonly workspaceIds: readonly string[];
  readonly wabaIds: readonly string[];
  readonly phoneNumberIds: readonly string[];
  /** Why entries of it were set aside; null where none was. */
  readonly quarantined: string | null;
  readonly facts: number;
  readonly body: Buffer;
}

export interface ReceiptWriter {
  /** Resolves once the receipt is committed. */
  write(receipt: Receipt): Promise<void>;
}

const statementRowsMax = 500;
const statementBytesMax = 8 * 1024 * 1024;

/** Group commit: while one statement is under way, what comes meanwhile gathers for the next. */
export function receiptWriter(pool: Pool): ReceiptWriter {
  interface Waiting {
    readonly receipt: Receipt;
    readonly done: () => void;
    readonly failed: (error: unknown) => void;
  }
  let queue: Waiting[] = [];
  let writing = false;

  const nextGroup = (): Waiting[] => {
    let bytes = 0;
    let rows = 0;
    for (const { receipt } of queue) {
      if (rows > 0 && (rows >= statementRowsMax || bytes + receipt.body.length > statementBytesMax)) break;
      bytes += receipt.body.length;
      rows += 1;
    }
    const group = queue.slice(0, rows);
    queue = queue.slice(rows);
    return group;
  };
  const drain = async (): Promise<void> => {
    writing = true;
    while (queue.length > 0) {
      const group = nextGroup();
      try {
        await pool.query({
          name: 'insert-receipts',
          text: insertReceipts,
          values: columnsOf(group.map(({ receipt }) => receipt)),
        });
        for (const { done } of group) done();
      } catch (error) {
        for (const { failed } of group) failed(error);
      }
    }
    writing = false;
  };
  return {
    write: (receipt) =>
      new Promise((done, failed) => {
        queue.push({ receipt, done, failed });
        // Those that come in the same turn of the loop share the first statement too.
        if (!writing) {
          writing = true;
          setImmediate(() => void drain());
        }
      }),
  };
}

function columnsOf(receipts: readonly Receipt[]): unknown[] {
  return [
    receipts.map(({ id }) => id),
    receipts.map(({ receivedAt }) => receivedAt.toISOString()),
    receipts.map(({ appId }) => appId),
    receipts.map(({ workspaceIds }) => `{${workspaceIds.join(',')}}`),
    receipts.map(({ wabaIds }) => idsLiteral(wabaIds)),
    receipts.map(({ phoneNumberIds }) => idsLiteral(phoneNumberIds)),
    receipts.map(({ quarantined }) => quarantined),
    receipts.map(({ facts }) => facts),
    receipts.map(({ body }) => body),
  ];
}

/** Meta's ids are digits; anything else is in the body only. */
function idsLiteral(ids: readonly string[]): string {
  return `{${[...new Set(ids)].filter((id) => /^\d{1,40}$/.test(id)).join(',')}}`;
}
