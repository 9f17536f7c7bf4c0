import { derivedId } from '@postrider/keys';
import type { Pool } from 'pg';
import type { BusinessAccount } from '../business-account/business-account.decider';
import type { Portfolio } from '../portfolio/portfolio.decider';
import type { Sender } from '../sender/sender.decider';
import type { ConfiguredStates, Kind } from './configured-states';

/** A configured thing as it is shown. */
export interface Configured<State> {
  readonly id: string;
  readonly workspaceId: string;
  readonly seq: number;
  readonly state: State;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** Reads what the fold wrote. */
export interface ConfiguredViews {
  one<K extends Kind>(kind: K, workspaceId: string, id: string): Promise<Configured<ConfiguredStates[K]> | undefined>;
  /** In the order they were made; one row more than `limit` where there are more. */
  list<K extends Kind>(
    kind: K,
    workspaceId: string,
    page: { after?: number; limit: number },
  ): Promise<Configured<ConfiguredStates[K]>[]>;
  /** Those of every workspace, for work that goes on in the background. */
  every<K extends Kind>(kind: K): Promise<Configured<ConfiguredStates[K]>[]>;
  /** By their numbers: which of them was discovered first is chance. */
  sendersOf(workspaceId: string, accountId: string): Promise<Configured<Sender>[]>;
  senderShownAs(accountId: string, displayPhoneNumber: string): Promise<Configured<Sender> | undefined>;
  portfolioOf(workspaceId: string, portfolioId: string): Promise<Configured<Portfolio> | undefined>;
  /** A sender with its account: what a channel over it rests on. */
  factsOf(workspaceId: string, senderId: string): Promise<{ sender?: Sender; account?: BusinessAccount }>;
}

export const ConfiguredViews = Symbol('ConfiguredViews');

const columns = `id, workspace_id as "workspaceId", seq::int, state, created_at as "createdAt", changed_at as "changedAt"`;

export function configuredViews(pool: Pool): ConfiguredViews {
  const one: ConfiguredViews['one'] = async (kind, workspaceId, id) => {
    const text = `select ${columns} from configured where kind = $1 and workspace_id = $2 and id = $3`;
    return (await pool.query(text, [kind, workspaceId, id])).rows[0];
  };
  return {
    one,
    async list(kind, workspaceId, { after = 0, limit }) {
      const text = `select ${columns} from configured
        where kind = $1 and workspace_id = $2 and seq > $3 order by seq limit $4`;
      return (await pool.query(text, [kind, workspaceId, after, limit + 1])).rows;
    },
    async every(kind) {
      return (await pool.query(`select ${columns} from configured where kind = $1 order by seq`, [kind])).rows;
    },
    async sendersOf(workspaceId, accountId) {
      const text = `select ${columns} from configured
        where kind = 'sender' and workspace_id = $1 and state ->> 'accountId' = $2
        order by state ->> 'displayPhoneNumber', id`;
      return (await pool.query<Configured<Sender>>(text, [workspaceId, accountId])).rows;
    },
    async senderShownAs(accountId, displayPhoneNumber) {
      // Meta writes one number with and without its spaces and plus.
      const text = `select ${columns} from configured
        where kind = 'sender' and state ->> 'accountId' = $1
          and regexp_replace(state ->> 'displayPhoneNumber', '\\D', '', 'g') = regexp_replace($2, '\\D', '', 'g')`;
      return (await pool.query<Configured<Sender>>(text, [accountId, displayPhoneNumber])).rows[0];
    },
    portfolioOf: (workspaceId, portfolioId) =>
      one('portfolio', workspaceId, derivedId.portfolio(workspaceId, portfolioId)),
    async factsOf(workspaceId, senderId) {
      const sender = await one('sender', workspaceId, senderId);
      const account = sender && (await one('business-account', workspaceId, sender.state.accountId));
      return { sender: sender?.state, account: account?.state };
    },
  };
}
