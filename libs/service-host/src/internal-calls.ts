import type { RecordedEvent, ServiceName } from '@postrider/event-contracts';

/** The credentials of one business account; held in memory only, never logged, never on the bus. */
export interface AccountCredentials {
  readonly accountId: string;
  readonly workspaceId: string;
  readonly wabaId: string;
  readonly appId: string;
  readonly accessToken: string;
  readonly appSecret: string;
  readonly graphUrl: string;
  readonly credentialsVersion: number;
}

/** Calls between services, authenticated by a token made from the master key. In process in standalone, HTTP else. */
export interface InternalCalls {
  /** `/internal/head`: the last position of each shard of the service's log. */
  head(service: ServiceName): Promise<number[]>;
  /** `/internal/streams/{id}`: a stream as its owner has it; empty where there is none. */
  stream(service: ServiceName, streamId: string): Promise<RecordedEvent[]>;
  /** `/internal/credentials/{accountId}`; undefined where there is no such account. */
  credentials(accountId: string): Promise<AccountCredentials | undefined>;
  /** `/internal/credentials`: those of every account as of now, for the check of webhook signatures. */
  allCredentials(): Promise<AccountCredentials[]>;
  /** `/internal/identity-secret/{workspaceId}`: the secret under which alias keys are made; never rotated. */
  identitySecret(workspaceId: string): Promise<Buffer>;
  /** Any other internal path of a service; for what only two parties share. */
  get<T>(service: ServiceName, path: string): Promise<T | undefined>;
  /** A question that does not fit into an address; changes nothing. */
  ask<T>(service: ServiceName, path: string, question: unknown): Promise<T | undefined>;
}
