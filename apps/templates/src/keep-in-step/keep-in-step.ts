import type { Leases } from '@postrider/event-store';
import { type Background, ownDoing } from '@postrider/service-host';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { v7 } from 'uuid';
import type { TemplateViews } from '../views/templates';
import type { SyncAccount } from './sync-account';

const leaseMs = 10 * 60_000;

/** Walks every account's templates now and then: the safety net under the webhooks. One process at a time does it. */
export function keepInStep(deps: {
  views: TemplateViews;
  syncAccount: SyncAccount;
  leases: Leases;
  logger: Logger;
  everyMs: number;
}): Background {
  const { views, syncAccount, leases, logger, everyMs } = deps;
  const owner = v7();

  async function pass(signal: AbortSignal): Promise<void> {
    const lease = await leases.acquire('templates:keep-in-step', owner, leaseMs);
    if (!lease) return;
    try {
      for (const account of await views.accounts()) {
        if (signal.aborted) return;
        await syncAccount(account, ownDoing('templates', account.workspaceId, v7())).catch((error: unknown) => {
          logger.warn({ accountId: account.id, reason: String(error) }, 'templates could not be taken in step');
        });
      }
    } finally {
      await leases.release(lease);
    }
  }

  return {
    name: 'templates:keep-in-step',
    async run(signal) {
      while (!signal.aborted) {
        await pause(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
        if (!signal.aborted) await pass(signal);
      }
    },
  };
}
