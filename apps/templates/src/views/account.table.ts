import { EntitySchema } from 'typeorm';

/** Our own copy of which business accounts there are, folded from configuration's events. */
export interface AccountRow {
  id: string;
  workspaceId: string;
  wabaId: string;
  /** When a pass over all its templates at Meta last ended. */
  syncedAt: Date | null;
}

export const AccountTable = new EntitySchema<AccountRow>({
  name: 'account',
  columns: {
    id: { type: 'uuid', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    wabaId: { name: 'waba_id', type: 'text' },
    syncedAt: { name: 'synced_at', type: 'timestamptz', nullable: true },
  },
});
