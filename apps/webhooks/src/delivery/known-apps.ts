import { createSecretKey, type KeyObject } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '@postrider/decider';
import type { AccountCredentials, InternalCalls } from '@postrider/service-host';

export type KnownAccount = Pick<AccountCredentials, 'accountId' | 'workspaceId' | 'wabaId'>;

/** A Meta app that signs deliveries, and the accounts that were connected with it. */
export interface KnownApp {
  readonly appId: string;
  readonly secret: KeyObject;
  readonly accounts: readonly KnownAccount[];
}

export interface KnownApps {
  /** As of at most half a minute ago; while configuration cannot be asked, as last known. */
  current(): Promise<readonly KnownApp[]>;
  /**
   * As of now, so that an account connected a moment ago is known. Callers share one question, asked at most four times a
   * second, so that a flood of wrong signatures does not become one of questions.
   */
  refreshed(): Promise<readonly KnownApp[]>;
}

const staleMs = 30_000;
const spacingMs = 250;
const waitingMax = 32;

export function knownApps({
  internal,
  clock,
}: {
  internal: Pick<InternalCalls, 'allCredentials'>;
  clock: Clock;
}): KnownApps {
  let known: readonly KnownApp[] | undefined;
  let askedAtMs = -Infinity;
  let asking: Promise<readonly KnownApp[]> | undefined;
  let next: Promise<readonly KnownApp[]> | undefined;
  let waiting = 0;

  const ask = (): Promise<readonly KnownApp[]> => {
    askedAtMs = clock.monotonicMs();
    asking = internal
      .allCredentials()
      .then((credentials) => (known = appsOf(credentials)))
      .finally(() => (asking = undefined));
    return asking;
  };
  /** An answer to a question that was asked before the caller came may be older than what the caller knows of. */
  const askAfresh = async (): Promise<readonly KnownApp[]> => {
    if (known !== undefined) await pause(Math.max(0, Math.min(spacingMs, askedAtMs + spacingMs - clock.monotonicMs())));
    await asking?.catch(() => undefined);
    next = undefined;
    return ask();
  };

  return {
    async current() {
      if (known === undefined) return asking ?? ask();
      const stale = clock.monotonicMs() - askedAtMs > staleMs;
      if (stale && asking === undefined) ask().catch(() => undefined);
      return known;
    },
    async refreshed() {
      if (waiting >= waitingMax && known !== undefined) return known;
      waiting += 1;
      try {
        next ??= askAfresh();
        return await next;
      } finally {
        waiting -= 1;
      }
    },
  };
}

function appsOf(credentials: readonly AccountCredentials[]): KnownApp[] {
  const bySecret = new Map<string, { appId: string; secret: KeyObject; accounts: KnownAccount[] }>();
  for (const { appSecret, appId, accountId, workspaceId, wabaId } of credentials) {
    // An HMAC under an empty key is one that anybody can make.
    if (appSecret === '') continue;
    const app = bySecret.get(appSecret) ?? { appId, secret: createSecretKey(appSecret, 'utf8'), accounts: [] };
    app.accounts.push({ accountId, workspaceId, wabaId });
    bySecret.set(appSecret, app);
  }
  return [...bySecret.values()];
}
