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
  /** Sealed. */
  readonly body: Buffer;
  /** Of the body as it came. */
  readonly bytes: number;
  /** Whom it holds; null where that is not known. */
  readonly aliasKeys: readonly string[] | null;
}

/** Resolves once the receipts are committed. */
export type WriteReceipts = (receipts: readonly Receipt[]) => Promise<void>;

export function writeReceipts(pool: Pool): WriteReceipts {
  return async (receipts) => {
    await pool.query({ name: 'insert-receipts', text: insertReceipts, values: columnsOf(receipts) });
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
    receipts.map(({ bytes }) => bytes),
    receipts.map(({ aliasKeys }) => aliasKeys && `{${[...new Set(aliasKeys)].join(',')}}`),
  ];
}

/** Meta's ids are digits; anything else is in the body only. */
function idsLiteral(ids: readonly string[]): string {
  return `{${[...new Set(ids)].filter((id) => /^\d{1,40}$/.test(id)).join(',')}}`;
}
