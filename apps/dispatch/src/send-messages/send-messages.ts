import { randomUUID } from 'node:crypto';
import type { Leases } from '@postrider/event-store';
import type { Background } from '@postrider/service-host';
import { forgetInbound } from '../local-copies/inbound-seconds.sql';
import { fairShare, fellowWorkers } from './fellow-workers';
import { holdLease } from './held-lease';
import { senderLoop, type SenderLoop, type SenderLoopDeps } from './sender-loop';
import { waiter } from './waiter';

export interface SendMessagesDeps extends SenderLoopDeps {
  readonly leases: Leases;
  readonly leaseMs: number;
}

interface KnownId {
  readonly sender_id: string;
  readonly workspace_id: string;
}

const lookForSendersEveryMs = 1_000;
const forgetEveryMs = 60_000;

interface Running {
  readonly loop: SenderLoop;
  readonly stop: AbortController;
  readonly end: Promise<void>;
}

/**
 * Sends what is due: one loop for each sender that this process can get the lease of, up to its part of them. Who has
 * more than that lets go of some, so that a process that joins gets its part.
 */
export function sendMessages(deps: SendMessagesDeps): Background & { wake(senderIds?: ReadonlySet<string>): void } {
  const owner = randomUUID();
  const running = new Map<string, Running>();
  const bell = waiter();
  const fellows = fellowWorkers({ ...deps, owner });

  const begin = async (sender: KnownId): Promise<void> => {
    const { sender_id: senderId, workspace_id: workspaceId } = sender;
    const { leases, clock, leaseMs: ttlMs, requestTimeoutMs } = deps;
    const onLost = (): void => running.get(senderId)?.loop.wake();
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
    const stop = new AbortController();
    const end = loop
      .run(stop.signal)
      .catch((error: unknown) => deps.logger.error({ err: error, senderId }, 'a sender stopped and is begun again'))
      .finally(() => lease.release())
      .catch((error: unknown) => deps.logger.warn({ err: error, senderId }, 'a lease could not be given back'))
      .finally(() => running.delete(senderId));
    running.set(senderId, { loop, stop, end });
  };

  const halt = ({ stop, loop }: Running): void => {
    stop.abort();
    loop.wake();
  };

  const share = async (senders: readonly KnownId[]): Promise<void> => {
    const part = fairShare(senders.length, await fellows.count());
    for (const surplus of [...running.values()].slice(part)) halt(surplus);
    const free = senders.filter(({ sender_id: id }) => !running.has(id));
    // Whoever is one short of its part asks for all: most are taken, and which are not only the leases know.
    for (const sender of free) if (running.size < part) await begin(sender);
  };

  return {
    name: 'send-messages',
    wake(senderIds) {
      if (senderIds === undefined) bell.wake();
      else for (const senderId of senderIds) (running.get(senderId)?.loop ?? bell).wake();
    },
    async run(signal) {
      signal.addEventListener('abort', bell.wake, { once: true });
      let forgetAtMs = 0;
      while (!signal.aborted) {
        try {
          const { rows } = await deps.pool.query<KnownId>('select sender_id, workspace_id from known_sender');
          await share(rows);
          if (deps.clock.monotonicMs() >= forgetAtMs) {
            await deps.pool.query(`delete from due where kind = 'watch' and due_at < $1`, [deps.clock.now()]);
            await deps.pool.query(forgetInbound, [new Date(deps.clock.now().getTime() - forgetEveryMs)]);
            forgetAtMs = deps.clock.monotonicMs() + forgetEveryMs;
          }
        } catch (error) {
          deps.logger.warn({ err: error }, 'senders could not be looked for; trying again');
        }
        await bell.wait(lookForSendersEveryMs);
      }
      const ends = [...running.values()].map((each) => (halt(each), each.end));
      await Promise.all(ends);
      await fellows.leave();
    },
  };
}
