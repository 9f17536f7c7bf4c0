import type { Leases } from '@postrider/event-store';
import type { Background } from '@postrider/service-host';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { v7 } from 'uuid';
import type { CredentialsStore } from '../credentials/credentials';
import type { CheckAccount } from '../recording/check-account';
import { ourselves } from '../recording/changing';
import type { ConfiguredViews } from '../views/configured';

const firstAfterMs = 10_000;
const leaseMs = 5 * 60_000;

export interface InStep extends Background {
  /** Has an account looked at before its turn. */
  lookSoon(accountId: string): void;
}

/** Looks at every account at Meta now and then: the safety net under the webhooks. One process at a time does it. */
export function keepInStep(deps: {
  views: ConfiguredViews;
  checkAccount: CheckAccount;
  credentials: CredentialsStore;
  leases: Leases;
  logger: Logger;
  everyMs: number;
}): InStep {
  const { views, checkAccount, credentials, leases, logger, everyMs } = deps;
  const owner = v7();
  const soon = new Set<string>();
  let wake: () => void = () => undefined;

  async function look(only?: ReadonlySet<string>): Promise<void> {
    for (const { state, workspaceId } of await views.every('business-account')) {
      if (only && !only.has(state.accountId)) continue;
      try {
        await checkAccount(state, ourselves(workspaceId, v7()), false);
      } catch (error) {
        logger.warn({ accountId: state.accountId, reason: String(error) }, 'an account could not be looked at');
      }
    }
  }

  async function pass(): Promise<void> {
    const only = soon.size > 0 ? new Set(soon) : undefined;
    soon.clear();
    const lease = await leases.acquire('configuration:keep-in-step', owner, leaseMs);
    if (!lease) return;
    try {
      await look(only);
      await credentials.sweep();
    } finally {
      await leases.release(lease);
    }
  }

  return {
    name: 'configuration:keep-in-step',
    lookSoon(accountId) {
      soon.add(accountId);
      wake();
    },
    async run(signal) {
      let waitMs = Math.min(firstAfterMs, everyMs);
      while (!signal.aborted) {
        if (soon.size === 0) await waited(waitMs, signal);
        if (signal.aborted) return;
        await pass();
        waitMs = everyMs;
      }
    },
  };

  /** Until the time is over, somebody wants a look, or the stop. */
  async function waited(ms: number, signal: AbortSignal): Promise<void> {
    const over = new AbortController();
    wake = () => over.abort();
    const ended = AbortSignal.any([signal, over.signal]);
    await pause(ms, undefined, { signal: ended, ref: false }).catch(() => undefined);
  }
}
