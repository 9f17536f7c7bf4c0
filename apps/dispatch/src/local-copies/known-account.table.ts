import { EntitySchema } from 'typeorm';

/** What dispatch keeps of a business account; never its credentials. */
export interface KnownAccount {
  accountId: string;
  workspaceId: string;
  wabaId: string;
  portfolioId: string;
  credentialsRejected: boolean;
  restriction: string | null;
  restrictedUntil: Date | null;
}

export const KnownAccountTable = new EntitySchema<KnownAccount>({
  name: 'known_account',
  columns: {
    accountId: { name: 'account_id', type: 'uuid', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    wabaId: { name: 'waba_id', type: 'text' },
    portfolioId: { name: 'portfolio_id', type: 'text' },
    credentialsRejected: { name: 'credentials_rejected', type: 'boolean' },
    restriction: { type: 'text', nullable: true },
    restrictedUntil: { name: 'restricted_until', type: 'timestamptz', nullable: true },
  },
});
