import { Fault } from '@postrider/decider';
import type { ServiceName } from '@postrider/event-contracts';
import type { InternalCalls } from './internal-calls';
import type { ReaderProgress } from './service-definition';

/** Adds to what the readers know of themselves the question to the source: how far is your log? */
export function readerProgress(
  readers: Pick<ReaderProgress, 'reached'>,
  internal: Pick<InternalCalls, 'head'>,
): ReaderProgress {
  return {
    reached: (...asked) => readers.reached(...asked),
    async caughtUp(reader, source, withinMs) {
      const began = performance.now();
      const head = await headOf(internal, source);
      const positions = head.map((position, shard) => ({ shard, position }));
      return readers.reached(reader, source, positions, Math.max(0, withinMs - (performance.now() - began)));
    },
  };
}

async function headOf(internal: Pick<InternalCalls, 'head'>, source: ServiceName): Promise<number[]> {
  try {
    return await internal.head(source);
  } catch (cause) {
    throw new Fault({
      code: 'unavailable',
      message: `${source} cannot be asked how far its log is`,
      publicText: 'A part of the installation that this answer rests on cannot be asked just now.',
      retryable: true,
      cause,
    });
  }
}
