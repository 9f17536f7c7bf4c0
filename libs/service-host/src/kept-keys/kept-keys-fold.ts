import {
  ApiKeyCreated,
  ApiKeyRevoked,
  ApiKeyRotated,
  type EventOf,
  type RecordedEvent,
  type ServiceName,
} from '@postrider/event-contracts';
import type { Fold, Tx } from '@postrider/messaging';

type KeyEvent = RecordedEvent & EventOf<typeof ApiKeyCreated | typeof ApiKeyRotated | typeof ApiKeyRevoked>;

/** The reader by which a service knows the API keys. */
export const keptKeysReader = (service: ServiceName): string => `${service}:api-keys`;

/** The service's own copy of the API keys, a row per secret that may still count. `changing` is told before a change is committed. */
export function keptKeysFold(service: ServiceName, changing: () => void): Fold {
  return {
    kind: 'fold',
    name: keptKeysReader(service),
    hears: [ApiKeyCreated, ApiKeyRotated, ApiKeyRevoked],
    tables: ['kept_key'],
    async handle(events, tx) {
      changing();
      for (const event of events) await keep(event as KeyEvent, tx);
    },
    async reset(tx) {
      await tx.query('delete from kept_key');
    },
  };
}

async function keep({ type, data, workspaceId }: KeyEvent, tx: Tx): Promise<void> {
  if (type === 'ApiKeyRevoked') {
    await tx.query('delete from kept_key where key_id = $1', [data.keyId]);
  } else if (type === 'ApiKeyCreated') {
    await tx.query(
      `insert into kept_key (secret_hash, key_id, workspace_id, scopes, expires_at) values ($1, $2, $3, $4, $5)
       on conflict do nothing`,
      [data.secretHash, data.keyId, workspaceId, data.scopes, data.expiresAt ?? null],
    );
  } else {
    await tx.query(
      `insert into kept_key (secret_hash, key_id, workspace_id, scopes, expires_at)
       select $1, key_id, workspace_id, scopes, expires_at from kept_key where key_id = $2 limit 1
       on conflict do nothing`,
      [data.secretHash, data.keyId],
    );
    await tx.query(
      `update kept_key set superseded_at = least(superseded_at, $3) where key_id = $2 and secret_hash <> $1`,
      [data.secretHash, data.keyId, data.previousUntil],
    );
  }
}
