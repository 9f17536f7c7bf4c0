import { quantile } from './quantile';

export interface Repeated {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMs: number;
}

/** So many callers at once, each beginning anew as soon as it is done, for this long; `warmUpMs` before that do not count. */
export async function repeat(
  callers: number,
  work: () => Promise<unknown>,
  { forMs = 4_000, warmUpMs = 1_000 } = {},
): Promise<Repeated> {
  const times: number[] = [];
  let counting = false;
  let going = true;
  const running = Array.from({ length: callers }, async () => {
    while (going) {
      const began = performance.now();
      await work();
      if (counting) times.push(performance.now() - began);
    }
  });
  await pause(warmUpMs);
  counting = true;
  const began = performance.now();
  const cpuBefore = process.cpuUsage();
  await pause(forMs);
  const seconds = (performance.now() - began) / 1_000;
  const cpu = process.cpuUsage(cpuBefore);
  const done = times.length;
  going = false;
  await Promise.all(running);
  return {
    perSecond: done / seconds,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    cpuMs: (cpu.user + cpu.system) / 1_000 / Math.max(1, done),
  };
}

/** Begins so many a second for this long, whether those before are done or not, and waits for all. */
export async function pacedAt(
  perSecond: number,
  work: () => Promise<unknown>,
  { forMs = 4_000 } = {},
): Promise<Pick<Repeated, 'p50Ms' | 'p99Ms'>> {
  const times: number[] = [];
  const running: Promise<void>[] = [];
  const began = performance.now();
  const one = async (): Promise<void> => {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  };
  for (let elapsed = 0; elapsed < forMs; elapsed = performance.now() - began) {
    while (running.length < (elapsed / 1_000) * perSecond) running.push(one());
    await pause(2);
  }
  await Promise.all(running);
  return { p50Ms: quantile(times, 0.5), p99Ms: quantile(times, 0.99) };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
