import type { CampaignDesign } from '@postrider/event-contracts';
import { inTransaction } from '@postrider/messaging';
import type { Pool } from 'pg';
import { assign } from '../campaign/assignment';
import { changeFigures, type FigureChange } from '../recipient/standings';
import { readPersonKeys, takeCount } from './recipients-at-work.sql';

export interface ToCount {
  readonly campaignId: string;
  readonly occurrence: number;
  readonly audienceId: string;
  readonly design: Pick<CampaignDesign, 'experiment'>;
}

interface Listed {
  readonly personKey: string;
  readonly line: number;
}

const pageSize = 5_000;

/**
 * Takes everybody on the list into the figures: planning keeps only a little ahead of what is sent, and whoever asks how
 * far a campaign is asks about all of them. Done again, it changes nothing.
 */
export async function countPeople(pool: Pool, list: ToCount): Promise<void> {
  const { campaignId, occurrence, audienceId, design } = list;
  await inTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{ plannedLine: number }>(takeCount, [campaignId, occurrence]);
    if (rows[0] === undefined) return;
    const people = new Map<string, FigureChange>();
    let after: Listed | undefined = { personKey: '', line: rows[0].plannedLine };
    while (after !== undefined) {
      const page: { rows: Listed[] } = await tx.query<Listed>(readPersonKeys, [audienceId, after.line, pageSize]);
      for (const { personKey } of page.rows) {
        const assigned = assign(design.experiment, campaignId, personKey);
        const variant = assigned.holdout ? 'holdout' : (assigned.variant ?? '');
        const amount = (people.get(variant)?.amount ?? 0) + 1;
        const measure = assigned.holdout ? 'holdout' : 'pending';
        people.set(variant, { campaignId, occurrence, variant, measure, amount });
      }
      after = page.rows.at(-1);
    }
    await changeFigures(tx, [...people.values()]);
  });
}
