import { EntitySchema } from 'typeorm';

/** What a workspace's policy says now. */
export interface KnownPolicyRow {
  workspaceId: string;
  name: string;
  version: number;
  policy: object;
}

export const KnownPolicyTable = new EntitySchema<KnownPolicyRow>({
  name: 'known_policy',
  columns: {
    workspaceId: { name: 'workspace_id', type: 'uuid', primary: true },
    name: { type: 'text', primary: true },
    version: { type: 'int' },
    policy: { type: 'jsonb' },
  },
});

/** How many people a portfolio may open conversations with in 24 hours; null where Meta sets no limit. */
export interface KnownPortfolioRow {
  portfolioId: string;
  messagingLimit: number | null;
}

export const KnownPortfolioTable = new EntitySchema<KnownPortfolioRow>({
  name: 'known_portfolio',
  columns: {
    portfolioId: { name: 'portfolio_id', type: 'text', primary: true },
    messagingLimit: { name: 'messaging_limit', type: 'int', nullable: true },
  },
});

/** What somebody told of a contact that rules and answers go by. */
export interface ContactTraitsRow {
  contactId: string;
  timeZone: string | null;
  language: string | null;
}

export const ContactTraitsTable = new EntitySchema<ContactTraitsRow>({
  name: 'contact_traits',
  columns: {
    contactId: { name: 'contact_id', type: 'uuid', primary: true },
    timeZone: { name: 'time_zone', type: 'text', nullable: true },
    language: { type: 'text', nullable: true },
  },
});
