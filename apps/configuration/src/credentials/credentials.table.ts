import { EntitySchema } from 'typeorm';

/** One version of an account's credentials; token and app secret only inside the sealed box. */
export interface CredentialsRow {
  accountId: string;
  credentialsVersion: number;
  workspaceId: string;
  wabaId: string;
  appId: string;
  graphUrl: string;
  sealed: Buffer;
  keptAt: Date;
  supersededAt: Date | null;
}

export const CredentialsTable = new EntitySchema<CredentialsRow>({
  name: 'credentials',
  columns: {
    accountId: { name: 'account_id', type: 'uuid', primary: true },
    credentialsVersion: { name: 'credentials_version', type: 'int', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    wabaId: { name: 'waba_id', type: 'text' },
    appId: { name: 'app_id', type: 'text' },
    graphUrl: { name: 'graph_url', type: 'text' },
    sealed: { type: 'bytea' },
    keptAt: { name: 'kept_at', type: 'timestamptz' },
    supersededAt: { name: 'superseded_at', type: 'timestamptz', nullable: true },
  },
});

export interface IdentitySecretRow {
  workspaceId: string;
  sealed: Buffer;
}

export const IdentitySecretTable = new EntitySchema<IdentitySecretRow>({
  name: 'identity_secret',
  columns: {
    workspaceId: { name: 'workspace_id', type: 'uuid', primary: true },
    sealed: { type: 'bytea' },
  },
});

/** The one workspace that a WABA belongs to. */
export interface WabaClaimRow {
  wabaId: string;
  workspaceId: string;
}

export const WabaClaimTable = new EntitySchema<WabaClaimRow>({
  name: 'waba_claim',
  columns: {
    wabaId: { name: 'waba_id', type: 'text', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
  },
});
