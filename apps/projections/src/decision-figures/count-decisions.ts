import { jsonbText } from '../jsonb-text';
import type { MessageFollower } from '../message/messages.projection';
import { addDecisions } from './add-decisions.sql';
import { decisionDeltasOf } from './decision-figures.projection';

/** Keeps the refusals and holds in step with the messages. */
export function countDecisions(): MessageFollower {
  return {
    tables: ['decision_figure'],
    async follow(changes, tx) {
      const deltas = decisionDeltasOf(changes);
      if (deltas.length > 0) await tx.query(addDecisions, [jsonbText(deltas)]);
    },
  };
}
