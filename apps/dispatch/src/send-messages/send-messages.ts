import { randomUUID } from 'node:crypto';
import type { Leases } from '@postrider/event-store';
import type { Background } from '@postrider/service-host';
import { holdLease } from './held-lease';
import { senderLoop, type SenderLoop, type SenderLoopDeps } from './sender-loop';
import { waiter } from './waiter';

export interface SendMessagesDeps extends SenderLoopDeps {
  readonly leases: Leases;
  readonly leaseMs: number;
  readonly requestTimeoutMs: number;
}

const lookForSendersEveryMs = 1_000;
const forgetEveryMs = 60_000;

/** Sends what is due: one loop for each sender that this process can get the lease of. */
export function sendMessages(deps: SendMessagesDeps): Background & { wake(senderIds?: ReadonlySet<string>): void } {
  const owner = randomUUID();
  const loops = new Map<string, SenderLoop>();
  const ends = new Map<string, Promise<void>>();
  const bell = waiter();

  const begin = async (sender: { sender_id: string; workspace_id: string }, signal: AbortSignal): Promise<void> => {
    const { sender_id: senderId, workspace_id: workspaceId } = sender;
    const { leases, clock, leaseMs: ttlMs, requestTimeoutMs } = deps;
    const onLost = (): void => loops.get(senderId)?.wake();
    const lease = await holdLease({
      leases,
      clock,
      name: `sender:${senderId}`,
      owner,
      ttlMs,
      requestTimeoutMs,
      onLost,
    });
    if (lease === undefined) return;
    const view = await deps.copies.sender(senderId).catch(() => undefined);
    if (view === undefined) return lease.release();
    const loop = senderLoop(deps, { ...view, workspaceId }, lease);
    loops.set(senderId, loop);
    const end = loop
      .run(signal)
      .catch((error: unknown) => deps.logger.error({ err: error, senderId }, 'a sender stopped and is begun again'))
      .finally(() => lease.release())
      .catch((error: unknown) => deps.logger.warn({ err: error, senderId }, 'a lease could not be given back'))
      .finally(() => {
        loops.delete(senderId);
        ends.delete(senderId);
      });
    ends.set(senderId, end);
  };

  return {
    name: 'send-messages',
    wake(senderIds) {
      if (senderIds === undefined) bell.wake();
      else for (const senderId of senderIds) (loops.get(senderId) ?? bell).wake();
    },
    async run(signal) {
      const wakeAll = (): void => {
        bell.wake();
        for (const loop of loops.values()) loop.wake();
      };
      signal.addEventListener('abort', wakeAll, { once: true });
      let forgetAtMs = 0;
      while (!signal.aborted) {
        try {
          const { rows } = await deps.pool.query<{ sender_id: string; workspace_id: string }>(
            'select sender_id, workspace_id from known_sender',
          );
          await Promise.all(rows.filter((row) => !loops.has(row.sender_id)).map((row) => begin(row, signal)));
          if (deps.clock.monotonicMs() >= forgetAtMs) {
            await deps.pool.query(`delete from due where kind = 'watch' and due_at < $1`, [deps.clock.now()]);
            forgetAtMs = deps.clock.monotonicMs() + forgetEveryMs;
          }
        } catch (error) {
          deps.logger.warn({ err: error }, 'senders could not be looked for; trying again');
        }
        await bell.wait(lookForSendersEveryMs);
      }
      await Promise.all(ends.values());
    },
  };
}
