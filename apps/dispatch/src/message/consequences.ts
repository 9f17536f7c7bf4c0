import type { Clock } from '@postrider/decider';
import { ConsentRevoked, type EventMeta } from '@postrider/event-contracts';
import { changeStream, type EventLog } from '@postrider/event-store';
import { derivedId } from '@postrider/keys';
import type { Logger } from 'pino';
import { pause, scopeDecider, type Scope } from '../sending-scope/sending-scope.decider';
import { stopSaidAt } from '../contact/stop-said-at';
import type { FailurePlan } from './failure-plan';
import type { Request } from './message-events';

/** What a failure means beyond its message. */
export type Consequences = (failed: {
  readonly plan: FailurePlan;
  readonly request: Request;
  readonly attempt: number;
  readonly meta: EventMeta;
  /** By Meta's clock, where Meta told of it later; now without it. */
  readonly happenedAt?: string;
}) => Promise<void>;

/** Pauses what cannot send, and takes the word of a person who stopped. Many failures of one cause say it once. */
export function consequences({ log, clock }: { log: EventLog; clock: Clock; logger?: Logger }): Consequences {
  const underWay = new Map<string, Promise<unknown>>();
  return async ({ plan, request, attempt, meta, happenedAt }) => {
    if (plan.pause !== undefined) {
      const { scope, until } = plan.pause;
      const scopeId = scopeIdOf(scope, request);
      if (scopeId !== undefined) {
        const paused = underWay.get(scopeId) ?? stop({ scope, scopeId }, until);
        underWay.set(scopeId, paused);
        await paused.finally(() => underWay.delete(scopeId));
      }
    }
    if (plan.revokesConsent) await revoke(request, attempt, { source: plan.revokesConsent, happenedAt, meta });

    async function stop(scoped: Scope, until: Date | undefined): Promise<void> {
      const streamId = derivedId.sendingScope(meta.workspaceId, scoped.scope, scoped.scopeId);
      const orderingKey = request.data.senderId;
      const stream = { streamId, orderingKey, meta: { ...meta, aliasKeys: [] } };
      await changeStream(log, clock, stream, scopeDecider, (state) =>
        pause(state, scoped, { error: plan.error, ...(until === undefined ? {} : { until }) }),
      );
    }
  };

  async function revoke(
    request: Request,
    attempt: number,
    { source, happenedAt, meta }: { source: string; happenedAt: string | undefined; meta: EventMeta },
  ): Promise<void> {
    const { contactId, messageId } = request.data;
    const at = clock.now();
    const event = ConsentRevoked.of(
      {
        contactId,
        purpose: 'marketing',
        source,
        saidAt: happenedAt === undefined ? at.toISOString() : stopSaidAt(happenedAt),
      },
      {},
    );
    const known = await log.readStream(contactId);
    const id = derivedId.fact(messageId, String(attempt), 'ConsentRevoked');
    const orderingKey = known[0]?.orderingKey ?? meta.aliasKeys[0] ?? contactId;
    await log.append([
      { streamId: contactId, expectedVersion: 'any', orderingKey, events: [{ ...event, id, at }], meta },
    ]);
  }
}

function scopeIdOf(scope: Scope['scope'], { data }: Request): string | undefined {
  if (scope === 'account') return data.accountId;
  return scope === 'sender' ? data.senderId : data.content.template?.templateId;
}
