import type { Tx } from '@postrider/messaging';
import {
  drawOpeningsTogether,
  forgetPortfolios,
  holdOpenings,
  lockPeople,
  recountPeople,
  recountPortfolios,
  shareOpenings,
} from './openings.sql';

/** Counts the people anew of whom these contacts are, where messages to them may count no longer. Under `shareOpenings`. */
export async function recountOpenings(tx: Tx, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length === 0) return;
  await tx.query(lockPeople, [contactIds]);
  await tx.query(recountPeople, [contactIds]);
}

/** Contacts turned out to be one person; they are given with the people whom they were before. */
export async function recountMerged(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0 || tx.rebuilding) return;
  await tx.query(holdOpenings);
  await recountOpenings(tx, ids);
}

/** These portfolios have a limit from now on, or other accounts. All of them where none is named. */
export async function recountWhole(tx: Tx, portfolioIds: readonly string[] | null): Promise<void> {
  if (portfolioIds?.length === 0 || tx.rebuilding) return;
  await tx.query(holdOpenings);
  await tx.query(forgetPortfolios, [portfolioIds]);
  await tx.query(recountPortfolios, [portfolioIds]);
}

/**
 * Draws entries of one span together that came after this one. Under the lock, as whoever forgets a portfolio at the same
 * time does not see what takes the place of the entries that it waits for.
 */
export async function drawOpenings(tx: Tx, after: string): Promise<void> {
  await tx.query(shareOpenings);
  await tx.query(drawOpeningsTogether, [after]);
}

/** For a fold whose tables say who is who: nobody counts by the old ones while they are swapped. */
export async function swapAndRecount(tx: Tx, swapIn: () => Promise<void>): Promise<void> {
  await tx.query(holdOpenings);
  await swapIn();
  await recountWhole(tx, null);
}
