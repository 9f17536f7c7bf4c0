import type { StreamAppend } from '@postrider/event-store';
import { halt } from '../message/halt.decider';
import { keptBack } from '../message/outcome-events';
import { recover } from '../message/recover.decider';
import { settle } from '../message/settle.decider';
import type { MessageEvent } from '../message/message-events';
import { leftInTheAir, nextToSettle, ofHaltedCampaigns } from './due.sql';
import type { SenderAtWork } from './sender-at-work';
import { sequel, storyOf, type Story } from '../message/story';

/**
 * What a sender sees to beside sending: attempts left in the air, unknown outcomes whose patience is over, messages of
 * campaigns that were paused or stopped.
 */
export async function chores(work: SenderAtWork): Promise<void> {
  await work.busy.prune(work.pool);
  await goOn(work, leftInTheAir, work.lease.fence, landed);
  await goOn(work, nextToSettle, work.now(), (_, story, now) => settle(story.state, now));
  while ((await goOn(work, ofHaltedCampaigns, work.now(), halted)) > 0);
  work.pairs.sweep(work.clock.monotonicMs());
  work.paces.sweep(work.clock.monotonicMs());
}

/** Until nothing is left of what an earlier holder of the sender began. */
export async function recoverAll(work: SenderAtWork): Promise<void> {
  while ((await goOn(work, leftInTheAir, work.lease.fence, landed)) > 0) await work.busy.prune(work.pool);
}

/**
 * An earlier holder's attempt may or may not have gone. One of our own that is not in hand never went: its intent was
 * committed while we were told of a failure.
 */
function landed(work: SenderAtWork, story: Story, now: Date): MessageEvent[] {
  const { fence } = work.lease;
  const unknown = recover(story.state, { fence, now, patienceMs: work.patienceMs });
  const { attempts } = story.state;
  const kept = attempts.flatMap((attempt, index) =>
    attempt.outcome === 'open' && attempt.fence === fence
      ? [
          keptBack(
            { messageId: story.messageId, attempt: attempt.number, earlier: attempts.slice(0, index) },
            'interrupted',
            now,
          ),
        ]
      : [],
  );
  return [...unknown, ...kept];
}

interface Row {
  readonly message_id: string;
  readonly version: number;
}

const halted = (_: SenderAtWork, { state }: Story, now: Date, row: Row & { state: 'paused' | 'stopped' }) =>
  halt(state, row.state, now);

async function goOn<Found extends Row>(
  work: SenderAtWork,
  select: string,
  bound: number | Date,
  decide: (work: SenderAtWork, story: Story, now: Date, row: Found) => MessageEvent[],
): Promise<number> {
  const found = await work.pool.query<Found>(select, [work.senderId, bound, work.busy.ids()]);
  // Rounds go on beside this: what was taken since the question is in hand.
  const rows = found.rows.filter(({ message_id: id }) => !work.busy.has(id));
  if (rows.length === 0) return 0;
  const streams = await work.log.readStreams(rows.map(({ message_id: id }) => id));
  const now = work.now();
  const appends: StreamAppend[] = [];
  for (const row of rows) {
    const { message_id: id, version } = row;
    const story = storyOf(streams.get(id));
    const events = story === undefined ? [] : decide(work, story, now, row);
    if (story !== undefined && events.length > 0) appends.push(sequel(story, events, now));
    // The log is ahead of the table, which will follow.
    else work.busy.done(id, story?.version ?? version);
  }
  const verdicts = await work.log.append(appends, { lease: work.lease.name, fence: work.lease.fence });
  for (const { streamId, streamVersion } of verdicts) work.busy.done(streamId, streamVersion);
  return rows.length;
}
