import type { Clock } from '@postrider/decider';
import { ConsentRevoked, MessageRefused, type EventOf, type RecordedEvent } from '@postrider/event-contracts';
import type { EventLog } from '@postrider/event-store';
import { Transient, type Reaction } from '@postrider/messaging';
import type { ReaderProgress } from '@postrider/service-host';
import type { Pool } from 'pg';
import { contactsFold } from '../contact/when-contact-changed';
import { dueFold } from '../due/when-message-changed';
import { groupBy } from '../group-by';
import { isWaiting } from '../message/attempt.decider';
import type { Request } from '../message/message-events';
import { sequel, storyOf, type Story } from '../message/story';
import type { Copies } from './copies';
import { findWaitingFor } from './find-waiting.sql';
import { judgeAgain } from './judge-again';

type Revoked = RecordedEvent & EventOf<typeof ConsentRevoked>;

export interface PullBackDeps {
  readonly log: EventLog;
  readonly pool: Pool;
  readonly copies: Copies;
  readonly clock: Clock;
  readonly readers: ReaderProgress;
}

/**
 * Pulls back what waits for a person who does not want it any more: queued, held and scheduled messages alike. What the
 * sender has in hand at this moment is judged by it.
 */
export function whenConsentRevoked(deps: PullBackDeps): Reaction {
  return {
    kind: 'reaction',
    name: 'dispatch:pull-back',
    hears: [ConsentRevoked],
    async handle(events) {
      // Up to these words, not to all that is in the log by now: under load its head would run ahead. What was asked for
      // before them lies before them, as a person's messages and words share a shard.
      const folds = [dueFold, contactsFold].map((fold) => deps.readers.reached(fold, 'dispatch', events, 1_000));
      if ((await Promise.all(folds)).includes(false)) {
        throw new Transient('who said what, and what waits for them, is not up to date yet');
      }
      const { rows } = await deps.pool.query<{ message_id: string }>(findWaitingFor, [
        (events as readonly Revoked[]).map(({ data }) => data.contactId),
      ]);
      if (rows.length === 0) return;
      const streams = await deps.log.readStreams(rows.map((row) => row.message_id));
      const stories = [...streams.values()]
        .map((stream) => storyOf(stream))
        .filter((story) => story !== undefined && isWaiting(story.state)) as Story[];
      for (const [senderId, group] of groupBy(stories, ({ requested }) => requestIn(requested).data.senderId)) {
        await pullBack(deps, senderId, group);
      }
    },
  };
}

async function pullBack(deps: PullBackDeps, senderId: string, stories: readonly Story[]): Promise<void> {
  const sender = await deps.copies.sender(senderId);
  if (sender === undefined) return;
  const at = deps.clock.now();
  const decisions = await judgeAgain(deps, {
    workspaceId: stories[0]!.requested.workspaceId,
    sender,
    at,
    claim: false,
    waiting: stories.map(({ requested, version }) => ({
      request: requestIn(requested),
      aliasKey: requested.orderingKey,
      version,
    })),
  });
  const appends = stories.flatMap((story, index) => {
    const decision = decisions[index]!;
    const { code = '' } = decision;
    if (decision.outcome !== 'refuse' || !isTheirWord.has(code)) return [];
    return [sequel(story, [MessageRefused.of({ messageId: story.messageId, code, decision })], at)];
  });
  // A conflict means that somebody else has just gone on with the message, and judged it too.
  if (appends.length > 0) await deps.log.append(appends);
}

/** What else would refuse it now may be over when its time comes. */
const isTheirWord: ReadonlySet<string> = new Set(['stopped', 'no-consent']);

const requestIn = (requested: RecordedEvent): Request => requested as unknown as Request;
