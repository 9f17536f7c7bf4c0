import { setTimeout as pause } from 'node:timers/promises';
import type { Background } from '@postrider/service-host';
import type { MediaStore } from './media-store';

const everyMs = 3_600_000;

/** Forgets files whose time is over. */
export function sweepMedia(store: Pick<MediaStore, 'sweep'>): Background {
  return {
    name: 'sweep-media',
    async run(signal) {
      while (!signal.aborted) {
        await store.sweep();
        await pause(everyMs, undefined, { signal }).catch(() => undefined);
      }
    },
  };
}
