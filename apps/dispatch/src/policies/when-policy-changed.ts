import { MessagingLimitChanged, PolicyChanged, type EventOf, type RecordedEvent } from '@postrider/event-contracts';
import type { Fold } from '@postrider/messaging';
import { recountWhole, swapAndRecount } from '../openings/keep-openings';

type Heard = RecordedEvent & (EventOf<typeof PolicyChanged> | EventOf<typeof MessagingLimitChanged>);

export const policyCopy = 'dispatch:policy-copy';

/** Keeps what the workspaces' policies say, and what Meta allows their portfolios. `onChanged` is told after each batch. */
export function whenPolicyChanged(onChanged: () => void = () => undefined): Fold {
  return {
    kind: 'fold',
    name: policyCopy,
    hears: [PolicyChanged, MessagingLimitChanged],
    tables: ['known_policy', 'known_portfolio'],
    swap: swapAndRecount,
    async handle(events, tx) {
      const limited: string[] = [];
      for (const event of events as readonly Heard[]) {
        if (event.type === 'PolicyChanged') {
          const { name, policyVersion, policy } = event.data;
          await tx.query(
            `insert into known_policy values ($1, $2, $3, $4)
             on conflict (workspace_id, name) do update set version = excluded.version, policy = excluded.policy`,
            [event.workspaceId, name, policyVersion, policy],
          );
        } else {
          const { portfolioId, limit } = event.data;
          const { rows } = await tx.query<{ limited: boolean }>(
            'select messaging_limit is not null as limited from known_portfolio where portfolio_id = $1',
            [portfolioId],
          );
          await tx.query(
            `insert into known_portfolio values ($1, $2)
             on conflict (portfolio_id) do update set messaging_limit = excluded.messaging_limit`,
            [portfolioId, limit],
          );
          if (limit !== null && rows[0]?.limited !== true) limited.push(portfolioId);
        }
      }
      await recountWhole(tx, limited);
      return onChanged;
    },
  };
}
