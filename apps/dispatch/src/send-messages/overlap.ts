/** Work that goes on beside what comes next. */
export interface Overlap {
  /** Once fewer run than may, or than are told; throws what an earlier one failed with, once. */
  room(atOnce?: number): Promise<void>;
  /** Whether as many run as may. */
  isFull(): boolean;
  begin(work: Promise<void>): void;
  /** Once nothing runs any more, however it ended. */
  settled(): Promise<void>;
}

/** So many at once, at most. */
export function overlap(most: number): Overlap {
  const running = new Set<Promise<void>>();
  let failures: unknown[] = [];
  const tell = (): void => {
    const [first] = failures;
    if (failures.length === 0) return;
    failures = [];
    throw first;
  };
  return {
    async room(atOnce = most) {
      tell();
      while (running.size >= Math.min(atOnce, most)) {
        await Promise.race(running);
        tell();
      }
    },
    isFull: () => running.size >= most,
    begin(work) {
      const ending: Promise<void> = work
        .catch((error: unknown) => void failures.push(error))
        .finally(() => running.delete(ending));
      running.add(ending);
    },
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
