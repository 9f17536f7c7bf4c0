import { Fault } from '@postrider/decider';
import { serviceNames } from '@postrider/event-contracts';
import type { ServiceHost } from '@postrider/service-host';
import { isExpired, type ApiKey } from '../api-key/api-key.decider';
import type { Configured } from './configured';

/** When each API key was last used at any service: ISO instants by key id. */
export type LastUses = () => Promise<Readonly<Record<string, string>>>;
export const LastUses = Symbol('LastUses');

/** Asks every service; one that cannot be asked just now tells nothing. */
export function lastUses({ internal, apiKeyUses }: Pick<ServiceHost, 'internal' | 'apiKeyUses'>): LastUses {
  return async () => {
    const others = serviceNames.filter((service) => service !== 'configuration');
    const told = await Promise.all([
      apiKeyUses(),
      ...others.map((service) =>
        internal.get<Record<string, string>>(service, '/internal/api-key-uses').catch((error: unknown) => {
          if (error instanceof Fault) return undefined;
          throw error;
        }),
      ),
    ]);
    const last: Record<string, string> = {};
    for (const [keyId, at] of told.flatMap((uses) => Object.entries(uses ?? {}))) {
      if ((last[keyId] ?? '') < at) last[keyId] = at;
    }
    return last;
  };
}

/** An API key as callers see it: never its secret, nor the hash. */
export function showApiKey(
  { state, createdAt, changedAt }: Configured<ApiKey>,
  uses: Readonly<Record<string, string>>,
  now: Date,
) {
  const { keyId: id, name, scopes, expiresAt, previousUntil, revoked } = state;
  return {
    id,
    name,
    scopes,
    state: revoked ? 'revoked' : isExpired(state, now) ? 'expired' : 'active',
    createdAt,
    expiresAt: expiresAt ?? null,
    previousUntil: previousUntil !== undefined && Date.parse(previousUntil) > now.getTime() ? previousUntil : null,
    revokedAt: revoked ? changedAt : null,
    lastUsedAt: uses[id] ?? null,
  };
}
