import { forecastMicros, learntCategory } from '@postrider/compliance';
import { StatusReported, type EventOf, type RecordedEvent } from '@postrider/event-contracts';
import type { Fold } from '@postrider/messaging';
import { groupBy } from '../group-by';
import type { PoliciesInForce } from './policies-in-force';
import { findToPrice, priceSent } from './price-sent.sql';

type Status = RecordedEvent & EventOf<typeof StatusReported>;

/**
 * Puts what Meta billed in the place of the forecast, by the rate card. Meta says it with two of a message's statuses, so
 * that one which comes before the message is counted does no harm.
 */
export function whenPriced(policies: PoliciesInForce): Fold {
  return {
    kind: 'fold',
    name: 'dispatch:prices',
    hears: [StatusReported],
    async handle(events, tx) {
      const priced = (events as readonly Status[]).filter(
        ({ data }) => data.messageId !== undefined && data.pricing !== undefined && data.status !== 'failed',
      );
      for (const [workspaceId, group] of groupBy(priced, (event) => event.workspaceId)) {
        const { spend } = await policies(workspaceId);
        if (spend.rates.length === 0) continue;
        const categoryOf = new Map(group.map(({ data }) => [data.messageId!, learntCategory(data.pricing!)]));
        const { rows } = await tx.query<{ message_id: string; country: string | null; at: Date }>(findToPrice, [
          [...categoryOf.keys()],
        ]);
        const prices = rows.flatMap(({ message_id: id, country, at }) => {
          const category = categoryOf.get(id);
          if (category === undefined) return [];
          const micros = forecastMicros(spend, { category, at, ...(country === null ? {} : { country }) });
          return micros === undefined ? [] : [{ id, micros }];
        });
        if (prices.length > 0)
          await tx.query(priceSent, [prices.map(({ id }) => id), prices.map(({ micros }) => micros)]);
      }
    },
  };
}
