import type { RecordedEvent } from '@postrider/event-contracts';
import type { Clock } from '@postrider/decider';
import type { Pool } from 'pg';
import { applyEvents } from './apply-events';
import type { BusBatch } from './bus';
import { checkpointOf, moveCheckpoint, type Place } from './checkpoints';
import { consecutive } from './consecutive';
import type { LateCheckpoints } from './late-checkpoints';
import { hearing } from './hearing';
import type { Alarms, ReaderNote } from './observer';
import { park, parkedAmong, parkedKeys } from './parked-records';
import { backoffMs, pauseUnless, waitInPlace } from './patience';
import { restAfterMs, type Reader } from './reader';
import { Dropped, Fenced, HoleFound } from './set-backs';
import type { SharedReactions } from './shared-reactions';
import type { SharedTurns } from './shared-turns';
import { inTransaction } from './transaction';
import { isTransient } from './transient';

export interface ShardReaderOptions extends Place {
  readonly handles: Reader;
  readonly pool: Pool;
  readonly clock: Clock;
  readonly alarms: Alarms;
  readonly note: (note: ReaderNote) => void;
  /** Opens personal parts. */
  readonly open: (events: readonly RecordedEvent[]) => Promise<RecordedEvent[]>;
  /** Told after the reader has dealt with everything up to a position. */
  readonly moved: (position: number) => void;
  /** Aborts waits when the runner closes. */
  readonly signal: AbortSignal;
  /** How often a record may fail before it is parked. */
  readonly attemptsMax: number;
  /** For what moves a checkpoint and nothing else. */
  readonly late: LateCheckpoints;
  /** Whoever is given so many at once is behind. */
  readonly maxBatch: number;
  /** Where the shards of a fold share transactions. */
  readonly turns: SharedTurns | undefined;
  /** Where the shards of a reaction act together. */
  readonly reactions: SharedReactions | undefined;
}

/**
 * One reader on one shard of one source; the same for every bus. Duplicates are passed over, a hole stops the shard,
 * what passes is waited for in place, what keeps failing is parked by its ordering key.
 */
export function shardReader(options: ShardReaderOptions) {
  const { handles: reader, pool, clock, alarms, signal } = options;
  const place: Place = { reader: options.reader, source: options.source, shard: options.shard };
  const applied = applyEvents(options);
  const wants = hearing(reader.hears);
  const holeKey = `hole:${place.reader}:${place.source}:${place.shard}`;
  /** As the database has it, and as far as we are: the second runs ahead over events that nobody hears. */
  let stored = 0;
  let dealtWith = 0;
  let parked = new Set<string>();
  let holed = false;
  let flushing = false;
  let turn: Promise<unknown> = Promise.resolve();
  const note = (what: Exclude<ReaderNote['what'], 'handled'>, events: number): void =>
    options.note({ ...place, what, events });

  /** A stale owner in this process may still be at work when the next one begins; they take turns. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  }

  async function look(): Promise<number> {
    stored = await checkpointOf(pool, place);
    parked = await parkedKeys(pool, place);
    dealtWith = stored;
    options.moved(dealtWith);
    return stored;
  }

  function moved(to: number): void {
    stored = dealtWith = to;
    options.moved(to);
  }

  async function flush(): Promise<void> {
    flushing = false;
    if (dealtWith === stored) return;
    await options.late.move({ place, from: stored, to: dealtWith });
    stored = dealtWith;
  }

  function passOver(to: number, events: number): void {
    if (events > 0) note('passed-over', events);
    if (to === dealtWith) return;
    dealtWith = to;
    options.moved(to);
    if (flushing) return;
    flushing = true;
    // A flush that fails leaves the checkpoint behind, which only repeats work; the next write says what is wrong.
    void options.late.due().then(() => inTurn(flush).catch(() => undefined));
  }

  /** Deals with wanted events and moves the checkpoint. */
  async function apply(
    events: readonly RecordedEvent[],
    to: number,
    batch: BusBatch,
    sharing?: { readonly behind: boolean },
  ): Promise<void> {
    const suspects = [...new Set(events.map((event) => event.orderingKey).filter((key) => parked.has(key)))];
    const started = performance.now();
    const blocked = await applied({ place, from: stored, to, events, suspects, sharing }, parked, batch);
    for (const key of suspects) if (!blocked.has(key)) parked.delete(key);
    moved(to);
    options.note({ ...place, what: 'handled', events: events.length, ms: performance.now() - started });
  }

  /** Tries until it works or fails for good; what passes is waited for. */
  async function patiently(batch: BusBatch, work: () => Promise<void>): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      if (signal.aborted || !batch.alive()) throw new Dropped('the shard is no longer ours');
      try {
        return await work();
      } catch (error) {
        if (error instanceof Fenced || error instanceof Dropped || !isTransient(error)) throw error;
        note('retried', 1);
        await waitInPlace(backoffMs(attempt, 20, 10_000), { alive: batch.alive, heartbeat: batch.heartbeat, signal });
      }
    }
  }

  async function parkPoison(event: RecordedEvent, error: unknown): Promise<void> {
    const text = String(error instanceof Error ? (error.stack ?? error.message) : error).slice(0, 4_000);
    await inTransaction(pool, async (tx) => {
      if (!(await moveCheckpoint(tx, place, stored, event.position))) throw new Fenced('the checkpoint was moved');
      await parkedAmong(tx, place, [event.orderingKey]);
      await park(tx, place, [event], { error: text.replaceAll('\0', ''), at: clock.now() });
    });
    parked.add(event.orderingKey);
    moved(event.position);
    note('parked', 1);
    alarms.raise({
      key: `parked:${place.reader}`,
      kind: 'parked',
      severity: 'warning',
      text: `${place.reader} could not handle a ${event.type} and put it aside; repair the cause, then replay its key.`,
      subject: { reader: place.reader, source: place.source, orderingKey: event.orderingKey },
    });
  }

  /** Finds the records that fail by themselves, and lets the others through. */
  async function oneByOne(events: readonly RecordedEvent[], batch: BusBatch): Promise<void> {
    for (const event of events) {
      for (let attempt = 1; ; attempt++) {
        try {
          await patiently(batch, () => apply([event], event.position, batch));
          break;
        } catch (error) {
          if (error instanceof Fenced || error instanceof Dropped) throw error;
          if (attempt >= options.attemptsMax) {
            await patiently(batch, () => parkPoison(event, error));
            break;
          }
          note('retried', 1);
          await waitInPlace(backoffMs(attempt, 50, 1_000), { alive: batch.alive, heartbeat: batch.heartbeat, signal });
        }
      }
      await batch.heartbeat();
    }
  }

  async function dealWith(fresh: readonly RecordedEvent[], batch: BusBatch): Promise<void> {
    const last = fresh.at(-1);
    if (!last) return;
    const wanted = fresh.filter(wants);
    if (wanted.length > 0) {
      const sharing = { behind: fresh.length >= options.maxBatch };
      try {
        await patiently(batch, () => apply(wanted, last.position, batch, sharing));
      } catch (error) {
        if (error instanceof Fenced || error instanceof Dropped) throw error;
        await oneByOne(wanted, batch);
      }
    }
    passOver(last.position, fresh.length - wanted.length);
  }

  async function rest(fresh: readonly RecordedEvent[], tookMs: number): Promise<void> {
    if (reader.urgent || fresh.length >= options.maxBatch) return;
    if (reader.restMs !== undefined) return pauseUnless(signal, reader.restMs);
    if (!fresh.some(wants)) return;
    const company = options.turns ?? options.reactions;
    await (company?.rested() ?? pauseUnless(signal, restAfterMs(tookMs)));
  }

  function raiseHole(next: RecordedEvent): void {
    if (holed) return;
    holed = true;
    alarms.raise({
      key: holeKey,
      kind: 'hole',
      severity: 'critical',
      text: `${place.reader} stands at position ${dealtWith} of ${place.source}/${place.shard}: the next record is ${next.position}, so some are missing. Nothing is passed over; bring the missing records back.`,
      subject: { reader: place.reader, source: place.source, shard: String(place.shard) },
    });
  }

  return {
    /** Reads the checkpoint anew: on every assignment, and after a fence. */
    position: (): Promise<number> => inTurn(look),
    handle: (batch: BusBatch): Promise<void> =>
      inTurn(async () => {
        const started = performance.now();
        const { fresh, hole, duplicates } = consecutive(batch.events, dealtWith);
        if (duplicates > 0) note('duplicate', duplicates);
        try {
          await dealWith(fresh, batch);
        } catch (error) {
          if (error instanceof Fenced) note('fenced', fresh.length);
          throw error;
        }
        if (hole) {
          if ((await checkpointOf(pool, place)) !== stored) throw new Fenced('the checkpoint was moved');
          raiseHole(hole);
          throw new HoleFound(`position ${dealtWith + 1} of ${place.source}/${place.shard} is missing`);
        }
        if (holed && fresh.length > 0) {
          holed = false;
          alarms.clear(holeKey);
        }
        await rest(fresh, performance.now() - started);
      }),
    /** Writes what is still in memory alone. */
    settle: (): Promise<void> => inTurn(flush).catch(() => undefined),
  };
}
