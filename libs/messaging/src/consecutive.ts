import type { RecordedEvent } from '@postrider/event-contracts';

/** The events that follow `after` without a gap, and the first one that does not. */
export function consecutive(
  events: readonly RecordedEvent[],
  after: number,
): { fresh: RecordedEvent[]; hole: RecordedEvent | undefined; duplicates: number } {
  const fresh: RecordedEvent[] = [];
  let next = after + 1;
  let duplicates = 0;
  for (const event of events) {
    if (event.position < next) duplicates++;
    else if (event.position > next) return { fresh, hole: event, duplicates };
    else {
      fresh.push(event);
      next++;
    }
  }
  return { fresh, hole: undefined, duplicates };
}
