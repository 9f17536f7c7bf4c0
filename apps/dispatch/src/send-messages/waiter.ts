export interface Waiter {
  /** Until somebody wakes it, or the time is over. A wake that came before counts. */
  wait(ms: number): Promise<void>;
  wake(): void;
}

/** One who waits, with a bell that others ring. */
export function waiter(): Waiter {
  let rung = false;
  let go: (() => void) | undefined;
  return {
    wait(ms) {
      if (rung || ms <= 0) {
        rung = false;
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const timer = setTimeout(() => go?.(), ms);
        go = () => {
          clearTimeout(timer);
          go = undefined;
          rung = false;
          resolve();
        };
      });
    },
    wake() {
      rung = true;
      go?.();
    },
  };
}
