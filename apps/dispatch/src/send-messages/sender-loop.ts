import type { Clock } from '@postrider/decider';
import type { ChannelSettings } from '@postrider/event-contracts';
import { LeaseLost, type EventLog } from '@postrider/event-store';
import type { ReaderProgress } from '@postrider/service-host';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { ChannelView, Copies, SenderView } from '../judging/copies';
import type { FreshRequests } from '../due/fresh-requests';
import { inboundNow } from '../local-copies/inbound-seconds.sql';
import type { MediaStore } from '../media/media-store';
import type { Consequences } from '../message/consequences';
import type { Accounts } from './accounts';
import { brake as newBrake } from './brake';
import { busyMessages } from './busy';
import { isAble } from '../judging/able';
import { chores, recoverAll } from './chores';
import { conclude } from './conclude';
import { departures } from './departures';
import { hasten } from './due.sql';
import type { HeldLease } from './held-lease';
import { inFlight } from './in-flight';
import { noCredit } from './lanes';
import { overlap } from './overlap';
import { pairPace, tokenBucket } from './pace';
import { prepareToSend } from './prepare-to-send';
import { pump } from './pump';
import { recallPairs } from './recall-pairs';
import type { Recorder } from './recorder';
import { roomFor } from './room-for';
import { scopedPaces } from './scoped-paces';
import type { SenderAtWork } from './sender-at-work';
import { steadyClock } from './steady-clock';
import { claimAheadMs, turn } from './turn';
import { uploads } from './uploads';
import { waiter } from './waiter';

export interface SenderLoopDeps {
  readonly log: EventLog;
  readonly pool: Pool;
  readonly copies: Copies;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly accounts: Accounts;
  readonly media: MediaStore;
  readonly recorder: Recorder;
  readonly consequences: Consequences;
  readonly patienceMs: number;
  readonly requestTimeoutMs: number;
  readonly fresh: Pick<FreshRequests, 'take'>;
  identitySecret(workspaceId: string): Promise<Uint8Array>;
  readonly readers: ReaderProgress;
  /** Asks how far the log is; the answer waits until the table `due` shows all of that, a second each time it is called. */
  dueAsOfNow(): Promise<() => Promise<boolean>>;
}

export interface SenderLoop {
  /** Until the signal, or until the lease is lost. */
  run(signal: AbortSignal): Promise<void>;
  /** Something may be due. */
  wake(): void;
}

const idleMs = 200;
const choresEveryMs = 250;
const afterFailureMs = 500;
/** Rounds that go on at once: one is judged while the intents of another are being committed. */
const roundsAtOnce = 3;
/** Smaller rounds go one after the other: side by side they would only be more, and still smaller. */
const largeRound = 10;
/** So that rounds are worth their round trips while much is waiting. */
const gatherSeconds = 0.05;
/** Counted by another reader than `due`; where it lags, pairs are paced by what it has, rather than nobody is sent to. */
const sentFold = 'dispatch:sent';
const recallWithinMs = 5_000;
const inboundSeenMs = 3_000;
const unwrittenMax = 2_000;

/** Sends for one sender, as long as its lease is held. */
export function senderLoop(
  deps: SenderLoopDeps,
  sender: SenderView & { workspaceId: string },
  lease: HeldLease,
): SenderLoop {
  const { clock, copies, logger } = deps;
  const { senderId } = sender.facts;
  const monotonicMs = (): number => clock.monotonicMs();
  const bell = waiter();
  const busy = busyMessages();
  const pairs = pairPace();
  const brake = newBrake();
  const flight = inFlight(deps.requestTimeoutMs);
  // Another process may have sent all that it could up to this moment; a first fence says that there was none.
  const heldByAnotherUntilMs = lease.fence > 1 ? monotonicMs() : undefined;
  const gate = departures(sender.throughputPerSecond, heldByAnotherUntilMs);
  const bucket = tokenBucket(sender.throughputPerSecond, monotonicMs());
  const paces = scopedPaces(monotonicMs, heldByAnotherUntilMs);
  let rate = sender.throughputPerSecond;
  const settings = new Map<string, ChannelSettings>();

  const channelsNow = async (): Promise<readonly ChannelView[]> => {
    const ours = await copies.channelsOf(senderId);
    paces.set(ours);
    for (const channel of ours) settings.set(channel.channelId, channel.settings);
    return ours;
  };

  const giveBack = (pairKey: string | undefined): void => {
    bucket.giveBack(1);
    if (pairKey !== undefined) pairs.giveBack(pairKey);
  };
  const concluding = conclude({
    ...deps,
    brake,
    settled: (messageId, version) => busy.done(messageId, version),
    giveBack,
    onCredentialsRejected: (accountId) => deps.accounts.forget(accountId),
  });
  const { accountId, phoneNumberId, workspaceId } = sender;
  const files = uploads({ ...deps, store: deps.media, accountId, phoneNumberId, workspaceId });
  const pumping = pump({
    lease,
    clock,
    departures: gate,
    prepare: () => prepareToSend({ ...deps, uploads: files }, sender, settings),
    keepBack: concluding.keptBack,
    conclude: concluding.outcome,
    answered: (tookMs) => flight.answered(tookMs, monotonicMs()),
  });
  const work: SenderAtWork = {
    ...deps,
    workspaceId,
    senderId,
    lease,
    busy,
    bucket,
    pairs,
    departures: gate,
    paces,
    pump: pumping,
    uploads: files,
    credit: noCredit,
    now: steadyClock(clock),
    giveBack,
    async readChannels() {
      await channelsNow();
    },
    async sender() {
      const now = await copies.sender(senderId);
      if (now === undefined) throw new Error(`the sender ${senderId} is not known any more`);
      return now;
    },
  };

  const look = async (): Promise<void> => {
    const since = new Date(work.now().getTime() - inboundSeenMs);
    const [now, ours, inbound] = await Promise.all([
      work.sender(),
      channelsNow(),
      deps.pool.query<{ per_second: number }>({ name: 'inbound-now', text: inboundNow, values: [senderId, since] }),
    ]);
    rate = roomFor(now.throughputPerSecond, inbound.rows[0]?.per_second ?? 0);
    gate.setLimit(rate);
    const active = ours.flatMap(({ channelId, state }) => (state === 'active' ? [channelId] : []));
    await deps.pool.query(hasten, [senderId, work.now(), isAble(now.facts, work.now()), active]);
    await chores(work);
  };

  const budget = (gathering: boolean): number => {
    const now = monotonicMs();
    bucket.setRate(rate * brake.share(now), now);
    // What is claimed under a lease that is about to end would only be kept back.
    if (!lease.mayBegin()) return 0;
    if (brake.standstillMs(now) > 0 || deps.recorder.waiting() > unwrittenMax) return 0;
    const tokens = bucket.available(now);
    if (gathering && tokens < rate * gatherSeconds) return 0;
    const room = Math.min(gate.room(now + claimAheadMs), flight.most() - pumping.underWay() - pumping.queued());
    return Math.min(tokens, Math.max(1, Math.ceil(rate / 10)), room);
  };

  const rounds = overlap(roundsAtOnce);
  const looks = overlap(1);
  let lookAtMs: number | undefined;
  let gathering = false;
  let tookLast = 0;
  const round = async (): Promise<void> => {
    if (lookAtMs === undefined) await look();
    else if (monotonicMs() >= lookAtMs && !looks.isFull()) {
      await looks.room();
      looks.begin(look());
    }
    if (lookAtMs === undefined || monotonicMs() >= lookAtMs) lookAtMs = monotonicMs() + choresEveryMs;
    await rounds.room(tookLast < largeRound ? 1 : roundsAtOnce);
    const most = budget(gathering);
    if (most < 1) return bell.wait(Math.max(2, Math.min(50, 1000 / rate)));
    const taken = await turn(work, most);
    gathering = taken !== 'idle';
    tookLast = taken === 'idle' ? 0 : taken.messages;
    if (taken === 'idle') await bell.wait(idleMs);
    else rounds.begin(taken.sending);
  };

  const sendWhileHeld = async (signal: AbortSignal): Promise<void> => {
    // Whoever sent before us appends nothing more that counts here; what others append meanwhile need not be waited for.
    const dueIsCurrent = await deps.dueAsOfNow();
    while (!signal.aborted && lease.isHeld() && !(await dueIsCurrent()))
      logger.warn({ senderId }, 'waiting for the log');
    await deps.readers.caughtUp(sentFold, 'dispatch', recallWithinMs);
    const channelIds = (await copies.channelsOf(senderId)).map(({ channelId }) => channelId);
    await recallPairs(deps.pool, pairs, { accountId, channelIds, now: work.now(), nowMs: monotonicMs() });
    await recoverAll(work);
    while (!signal.aborted && lease.isHeld()) {
      try {
        await round();
      } catch (error) {
        if (error instanceof LeaseLost) throw error;
        // What was begun is found again by the chores; the sender stays ours while its lease lasts.
        logger.warn({ err: error, senderId }, 'a round of sending failed; trying again');
        await bell.wait(afterFailureMs);
      }
    }
  };

  return {
    wake: bell.wake,
    async run(signal) {
      try {
        await sendWhileHeld(signal);
      } catch (error) {
        if (!(error instanceof LeaseLost)) throw error;
        logger.info({ senderId, fence: lease.fence }, 'the sender was taken over');
      } finally {
        await Promise.all([rounds.settled(), looks.settled()]);
        await pumping.stop();
      }
    },
  };
}
