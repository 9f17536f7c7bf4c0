import { setTimeout as pause } from 'node:timers/promises';
import type { AppendVerdict, EventLog, StreamAppend } from '@postrider/event-store';
import type { Logger } from 'pino';

/** Writes down what became of attempts. */
export interface Recorder {
  /** Resolves once it is in the log. Never gives up while the process lives: an outcome is a fact that is nowhere else. */
  record(appends: readonly StreamAppend[]): Promise<AppendVerdict[]>;
  /** Streams that are not written down yet. */
  waiting(): number;
}

const lingerMs = 5;
const groupMax = 200;
const longestPauseMs = 2_000;

interface Entry {
  readonly appends: readonly StreamAppend[];
  done(verdicts: AppendVerdict[]): void;
}

/** Outcomes come one by one; they are appended in groups, without a fence, as they are true whoever sends now. */
export function recorder(log: Pick<EventLog, 'append'>, logger: Pick<Logger, 'warn'>): Recorder {
  let queue: Entry[] = [];
  let waiting = 0;
  let running = false;

  const write = async (group: readonly Entry[]): Promise<void> => {
    const appends = group.flatMap((entry) => entry.appends);
    for (let tries = 0; ; tries++) {
      try {
        const verdicts = await log.append(appends);
        let place = 0;
        for (const entry of group) entry.done(verdicts.slice(place, (place += entry.appends.length)));
        waiting -= appends.length;
        return;
      } catch (error) {
        logger.warn({ err: error, streams: appends.length }, 'outcomes could not be written down; trying again');
        await pause(Math.min(longestPauseMs, 50 * 2 ** tries));
      }
    }
  };

  const drain = async (): Promise<void> => {
    running = true;
    while (queue.length > 0) {
      await pause(lingerMs);
      const group = queue.slice(0, groupMax);
      queue = queue.slice(groupMax);
      await write(group);
    }
    running = false;
  };

  return {
    record(appends) {
      return new Promise((resolve) => {
        queue.push({ appends, done: resolve });
        waiting += appends.length;
        if (!running) void drain();
      });
    },
    waiting: () => waiting,
  };
}
