import type { StreamAppend } from '@postrider/event-store';
import type { RecordedEvent } from '@postrider/event-contracts';
import { judgeAgain } from '../judging/judge-again';
import { attempt, isWaiting } from '../message/attempt.decider';
import type { Request } from '../message/message-events';
import { nextDue, postpone } from './due.sql';
import { claimAll, type Departure } from './departures';
import { allot, laneNames, type LaneName, type PerLane } from './lanes';
import type { Ready } from './pump';
import type { PacedRow, PacedScope } from './scoped-paces';
import type { SenderAtWork } from './sender-at-work';
import { sequel, storyOf, type Story } from '../message/story';

interface DueNow extends PacedRow {
  readonly message_id: string;
  readonly lane: LaneName;
  readonly pair_key: string;
  readonly version: number;
}

/** A row whose turn it is, counted by every limit that it is under. */
interface Chosen {
  readonly row: DueNow;
  readonly scope: PacedScope;
  readonly departure: Departure;
}

export interface Round {
  readonly messages: number;
  /** What is still going on. */
  readonly sending: Promise<void>;
}

/**
 * One round of a sender: takes the next messages of each lane that rates allow, judges them anew, commits the intents
 * under the lease, and hands them on to be sent. Answers as soon as they are taken, with what is still going on; idle
 * where nothing is due. One after the other, so that none is taken twice.
 */
export async function turn(work: SenderAtWork, budget: number): Promise<Round | 'idle'> {
  const now = work.now();
  const { channels, batches } = work.paces.exhausted(work.clock.monotonicMs() + claimAheadMs);
  const { rows } = await work.pool.query<DueNow>({
    name: 'next-due',
    text: nextDue,
    values: [work.senderId, now, work.busy.ids(), budget, channels, batches],
  });
  if (rows.length === 0) return 'idle';
  await work.readChannels();
  const { free, limited } = withinPairs(work, rows, now);
  if (limited[0]!.length > 0) await work.pool.query(postpone, limited);
  const { allotted, credit } = allot(budget, countByLane(free), work.credit);
  work.credit = credit;
  const taken = laneNames.flatMap((lane) => free.filter((row) => row.lane === lane).slice(0, allotted[lane]));
  const chosen = claim(work, taken);
  const left = new Set(chosen.map(({ row }) => row));
  for (const row of free) if (!left.has(row)) work.pairs.giveBack(row.pair_key);
  return { messages: chosen.length, sending: chosen.length > 0 ? send(work, chosen, now) : Promise.resolve() };
}

/** What is claimed so long before it may leave is judged, and its intent committed, by then. */
export const claimAheadMs = 100;

/** As many of these as their channels and batches have room for. */
function claim(work: SenderAtWork, rows: readonly DueNow[]): Chosen[] {
  const by = work.clock.monotonicMs() + claimAheadMs;
  const chosen: Chosen[] = [];
  for (const row of rows) {
    const scope = work.paces.of(row);
    if (scope.limits.some((limit) => limit.room(by) < 1)) continue;
    chosen.push({ row, scope, departure: claimAll([work.departures, ...scope.limits]) });
  }
  return chosen;
}

/** Those whose person may be written to now; the others are looked at when that is so. */
function withinPairs(work: SenderAtWork, rows: readonly DueNow[], now: Date) {
  const nowMs = work.clock.monotonicMs();
  const free: DueNow[] = [];
  const limited: DueNow[] = [];
  const waits: number[] = [];
  for (const row of rows) {
    const waitMs = work.pairs.waitMs(row.pair_key, nowMs);
    if (waitMs > 0) {
      limited.push(row);
      waits.push(waitMs);
      continue;
    }
    work.pairs.left(row.pair_key, nowMs);
    free.push(row);
  }
  return { free, limited: columnsOf(limited, (_, index) => later(now, waits[index]!)) };
}

function countByLane(rows: readonly DueNow[]): PerLane {
  const counts = { authentication: 0, utility: 0, marketing: 0 };
  for (const { lane } of rows) counts[lane]++;
  return counts;
}

async function send(work: SenderAtWork, chosen: readonly Chosen[], now: Date): Promise<void> {
  work.bucket.take(chosen.length, work.clock.monotonicMs());
  for (const { row } of chosen) work.busy.take(row.message_id);
  const byId = new Map(chosen.map((each) => [each.row.message_id, each]));
  const unsettled = new Map(byId);
  const settle = (messageId: string, version: number, left: boolean): void => {
    const each = unsettled.get(messageId);
    unsettled.delete(messageId);
    if (!left) {
      work.busy.done(messageId, version);
      each?.departure.end();
      work.giveBack(each?.row.pair_key);
    }
  };
  try {
    const streams = await storiesOf(work, chosen);
    const waiting: Story[] = [];
    const arriving: DueNow[] = [];
    for (const { row } of chosen) {
      const { message_id: id, version } = row;
      const story = storyOf(streams.get(id));
      if (story === undefined || !isWaiting(story.state)) settle(id, story?.version ?? version, false);
      else if (work.uploads.areReady(requestIn(story.requested).personal?.payload)) waiting.push(story);
      else arriving.push(row);
    }
    if (arriving.length > 0)
      await work.pool.query(
        postpone,
        columnsOf(arriving, () => later(now, uploadMs)),
      );
    for (const { message_id: id } of arriving) settle(id, 0, false);
    const plans = await plan(work, waiting, now);
    const verdicts = await work.log.append(
      plans.map(({ append }) => append),
      { lease: work.lease.name, fence: work.lease.fence },
    );
    const ready: Ready[] = [];
    plans.forEach(({ story, attempt }, index) => {
      const { status, streamVersion } = verdicts[index]!;
      const left = status === 'ok' && attempt !== undefined;
      settle(story.messageId, streamVersion, left);
      if (!left) return;
      const { scope, departure } = byId.get(story.messageId)!;
      ready.push({ story: { ...story, version: streamVersion }, attempt, scope, departure });
    });
    work.pump.push(ready);
  } finally {
    // Of what failed on the way nothing has left; whether its intent was committed is found out by the chores.
    for (const [id] of unsettled) settle(id, 0, false);
  }
}

/** The streams of these: those at hand, and the others read. */
async function storiesOf(work: SenderAtWork, chosen: readonly Chosen[]): Promise<Map<string, RecordedEvent[]>> {
  const streams = new Map<string, RecordedEvent[]>();
  const unknown: string[] = [];
  const atHand: RecordedEvent[] = [];
  for (const { row } of chosen) {
    const requested = row.version === 1 ? work.fresh.take(row.message_id) : undefined;
    if (requested === undefined) unknown.push(row.message_id);
    else atHand.push(requested);
  }
  for (const requested of await work.log.open(atHand)) streams.set(requested.streamId, [requested]);
  if (unknown.length > 0) for (const [id, events] of await work.log.readStreams(unknown)) streams.set(id, events);
  return streams;
}

const later = (now: Date, ms: number): Date => new Date(now.getTime() + ms);

/** How long it is until a message is looked at again whose file is on its way to Meta. */
const uploadMs = 500;

const columnsOf = (rows: readonly DueNow[], dueAt: (row: DueNow, index: number) => Date): unknown[][] => [
  rows.map(({ message_id: id }) => id),
  rows.map(dueAt),
  rows.map(({ version }) => version),
];

interface Plan {
  readonly story: Story;
  readonly append: StreamAppend;
  /** Of the POST that follows, if one does. */
  readonly attempt?: number;
}

async function plan(work: SenderAtWork, waiting: readonly Story[], now: Date): Promise<Plan[]> {
  if (waiting.length === 0) return [];
  const sender = await work.sender();
  const decisions = await judgeAgain(work, {
    workspaceId: work.workspaceId,
    sender,
    at: now,
    claim: true,
    waiting: waiting.map(({ requested, version }) => ({
      request: requestIn(requested),
      aliasKey: requested.orderingKey,
      version,
    })),
  });
  return waiting.map((story, index) => {
    const events = attempt(story.state, { decision: decisions[index]!, fence: work.lease.fence, now });
    const intent = events.find((event) => event.type === 'SendAttempted');
    const append = sequel(story, events, now);
    return { story, append, ...(intent === undefined ? {} : { attempt: intent.data.attempt }) };
  });
}

const requestIn = (requested: RecordedEvent): Request => requested as unknown as Request;
