import { setTimeout as pause } from 'node:timers/promises';
import type { SendOutcome } from '@postrider/cloud-api-client';
import type { Clock } from '@postrider/decider';
import type { RecordedEvent } from '@postrider/event-contracts';
import type { StreamAppend } from '@postrider/event-store';
import type { Logger } from 'pino';
import type { Consequences } from '../message/consequences';
import type { MessageEvent, Request } from '../message/message-events';
import { attemptFact, keptBack, outcomeEvents, type AttemptMade } from '../message/outcome-events';
import type { Brake } from './brake';
import { messageMeta } from '../message/message-meta';
import type { Ready } from './pump';
import type { Recorder } from './recorder';

export interface ConcludeDeps {
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'warn'>;
  readonly recorder: Recorder;
  readonly consequences: Consequences;
  readonly brake: Brake;
  readonly patienceMs: number;
  /** Written down: the stream is at this version. */
  settled(messageId: string, version: number): void;
  giveBack(pairKey: string): void;
  onCredentialsRejected(accountId: string): void;
}

/** Writes down what became of attempts, and draws the consequences. */
export function conclude(deps: ConcludeDeps) {
  const record = async (ready: Ready, events: readonly MessageEvent[]): Promise<void> => {
    const { requested, messageId } = ready.story;
    const at = deps.clock.now();
    const append: StreamAppend = {
      streamId: messageId,
      expectedVersion: 'any',
      orderingKey: requested.orderingKey,
      events: events.map((event) => attemptFact(event, at)),
      meta: messageMeta(requested),
    };
    const [verdict] = await deps.recorder.record([append]);
    deps.settled(messageId, verdict?.streamVersion ?? ready.story.version);
  };

  return {
    /** The world answered. */
    async outcome(ready: Ready, outcome: SendOutcome): Promise<void> {
      const { clock, brake, patienceMs } = deps;
      const { requested } = ready.story;
      if (outcome.kind === 'not-sent') {
        brake.unreachable(clock.monotonicMs());
        deps.giveBack(requested.orderingKey);
      } else if (outcome.kind !== 'unknown') brake.reached();
      const { events, plan } = outcomeEvents(made(ready), outcome, {
        now: clock.now(),
        patienceMs,
        random: Math.random,
      });
      if (plan?.slowsDown) brake.throttled(clock.monotonicMs());
      const request = requested as RecordedEvent as unknown as Request;
      if (plan?.pause?.scope === 'account') deps.onCredentialsRejected(request.data.accountId);
      // The pause comes before the message may be looked at again, so that the rules find it.
      if (plan !== undefined) {
        await drawn(deps, { plan, request, attempt: ready.attempt, meta: messageMeta(requested) });
      }
      await record(ready, events);
    },

    /** The intent was committed, and then nothing was sent. */
    async keptBack(ready: Ready, because: string): Promise<void> {
      deps.giveBack(ready.story.requested.orderingKey);
      await record(ready, [keptBack(made(ready), because, deps.clock.now())]);
    },
  };
}

const drawingsMax = 10;
const longestPauseMs = 2_000;

/** What a failure means for others may fail to be written down; the outcome itself must not be lost by it. */
async function drawn(
  { consequences, logger }: Pick<ConcludeDeps, 'consequences' | 'logger'>,
  failed: Parameters<Consequences>[0],
): Promise<void> {
  for (let tries = 1; tries <= drawingsMax; tries++) {
    try {
      return await consequences(failed);
    } catch (error) {
      logger.warn(
        { err: error, code: failed.plan.error.code, tries },
        'what follows from a failure could not be written',
      );
      await pause(Math.min(longestPauseMs, 50 * 2 ** tries));
    }
  }
}

const made = ({ story, attempt }: Ready): AttemptMade => ({
  messageId: story.messageId,
  attempt,
  // The story was read before the attempt was added to it.
  earlier: story.state.attempts,
});
