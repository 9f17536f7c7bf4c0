import { setTimeout as pause } from 'node:timers/promises';
import type { Background } from './service-definition';

/** Work that is looked after again and again: at once, then after each pause, and with no pause while `pass` answers `more`. */
export function everySoOften(name: string, everyMs: number, pass: () => Promise<unknown>): Background {
  return {
    name,
    async run(signal) {
      while (!signal.aborted) {
        if ((await pass()) === 'more') continue;
        await pause(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
      }
    },
  };
}
