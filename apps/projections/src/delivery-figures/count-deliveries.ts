import { jsonbText } from '../jsonb-text';
import type { MessageFollower } from '../message/messages.projection';
import { addDeltas } from './add-deltas.sql';
import { deltasOf } from './delivery-figures.projection';

/** Keeps the counters in step with the messages. */
export function countDeliveries(): MessageFollower {
  return {
    tables: ['delivery_figure'],
    async follow(changes, tx) {
      const deltas = deltasOf(changes);
      if (deltas.length > 0) await tx.query(addDeltas, [jsonbText(deltas)]);
    },
  };
}
