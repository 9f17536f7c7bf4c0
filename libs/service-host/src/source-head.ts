import { Fault } from '@postrider/decider';
import type { ServiceName } from '@postrider/event-contracts';
import type { InternalCalls } from './internal-calls';

/** Asks a source how far its log is; a retryable Fault where it cannot be asked. */
export function sourceHead(internal: Pick<InternalCalls, 'head'>) {
  return async (source: ServiceName): Promise<number[]> => {
    try {
      return await internal.head(source);
    } catch (cause) {
      if (cause instanceof Fault) throw cause;
      throw new Fault({
        code: 'unavailable',
        message: `${source} cannot be asked how far its log is`,
        publicText: 'A part of the installation that this answer rests on cannot be asked just now.',
        retryable: true,
        cause,
      });
    }
  };
}
