import { Fault } from '@postrider/decider';
import type { ServiceName } from '@postrider/event-contracts';
import type { EventLog } from '@postrider/event-store';
import type { InternalCalls } from './internal-calls';

/** Asks a source how far its log is, our own at first hand; a retryable Fault where it cannot be asked. */
export function sourceHead(internal: Pick<InternalCalls, 'head'>, own: Pick<EventLog, 'service' | 'heads'>) {
  return async (source: ServiceName): Promise<number[]> => {
    // Over the internal call we would not answer ourselves while we are starting.
    if (source === own.service) return own.heads();
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
