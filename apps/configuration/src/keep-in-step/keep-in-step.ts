import type { Leases } from '@postrider/event-store';
import { type Background, ownDoing } from '@postrider/service-host';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { v7 } from 'uuid';
import type { CredentialsStore } from '../credentials/credentials';
import type { CheckAccount } from '../recording/check-account';
import type { ConfiguredViews } from '../views/configured';

/** After a look that failed or found no webhook, doubled each time. */
const againAfterMs = 1_000;
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

  /** Whether all is well; what is not is worth another look soon. */
  async function look(only?: ReadonlySet<string>): Promise<boolean> {
    let well = true;
    for (const { state, workspaceId } of await views.every('business-account')) {
      if (only && !only.has(state.accountId)) continue;
      try {
        const checks = await checkAccount(state, ownDoing('configuration', workspaceId, v7()), false);
        if (checks.some((check) => check.name === 'webhook' && !check.ok)) well = false;
      } catch (error) {
        well = false;
        logger.warn({ accountId: state.accountId, reason: String(error) }, 'an account could not be looked at');
      }
    }
    return well;
  }

  async function pass(only?: ReadonlySet<string>): Promise<boolean> {
    const lease = await leases.acquire('configuration:keep-in-step', owner, leaseMs);
    if (!lease) return false;
    try {
      const well = await look(only);
      await credentials.sweep();
      return well;
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
      let failures = 0;
      for (let allAt = 0; !signal.aborted;) {
        const all = performance.now() >= allAt;
        const only = all ? undefined : new Set(soon);
        soon.clear();
        const well = await pass(only);
        if (!well) only?.forEach((accountId) => soon.add(accountId));
        failures = well ? 0 : failures + 1;
        if (all && well) allAt = performance.now() + everyMs;
        const waitMs = well ? allAt - performance.now() : Math.min(everyMs, againAfterMs * 2 ** (failures - 1));
        if (!well || soon.size === 0) await waited(Math.max(waitMs, 0), signal);
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
