import type { Tx } from '@postrider/messaging';
import { jsonbText } from '../jsonb-text';
import type { Change } from './change';
import { insertChanges } from './insert-changes.sql';

/** Tells those who listen, in the transaction of the change itself. */
export async function announce(changes: readonly Change[], tx: Tx): Promise<void> {
  if (changes.length > 0) await tx.query(insertChanges, [jsonbText(changes)]);
}
