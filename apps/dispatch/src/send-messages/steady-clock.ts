import type { Clock } from '@postrider/decider';

/** The wall clock, standing still while the machine's goes back: what was due stays due. */
export function steadyClock(clock: Pick<Clock, 'now'>): () => Date {
  let latest = clock.now();
  return () => {
    const now = clock.now();
    if (now > latest) latest = now;
    return latest;
  };
}
