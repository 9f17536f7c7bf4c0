/**
 * Does together what is asked while the group before is under way: a group at a time for each key, in the order of
 * asking. Where a group fails each is tried alone, so that one never fails another; `failsAll` says which errors would
 * meet every one of them anyway.
 */
export function inGroups<Asked>(
  run: (group: readonly Asked[]) => Promise<void>,
  { keyOf, most, failsAll }: { keyOf(asked: Asked): string; most: number; failsAll(error: unknown): boolean },
): (asked: Asked) => Promise<void> {
  interface Waiting {
    readonly asked: Asked;
    resolve(): void;
    reject(error: unknown): void;
  }
  const queues = new Map<string, Waiting[]>();

  async function runAlone({ asked, resolve, reject }: Waiting): Promise<void> {
    await run([asked]).then(resolve, reject);
  }

  async function runGroup(group: readonly Waiting[]): Promise<void> {
    try {
      await run(group.map(({ asked }) => asked));
      for (const { resolve } of group) resolve();
    } catch (error) {
      if (group.length === 1 || failsAll(error)) for (const { reject } of group) reject(error);
      else for (const each of group) await runAlone(each);
    }
  }

  async function drain(key: string, queue: Waiting[]): Promise<void> {
    // What is asked in one go comes together.
    await new Promise((resolve) => setImmediate(resolve));
    while (queue.length > 0) await runGroup(queue.splice(0, most));
    queues.delete(key);
  }

  return (asked) =>
    new Promise<void>((resolve, reject) => {
      const key = keyOf(asked);
      const queue = queues.get(key);
      const waiting = { asked, resolve, reject };
      if (queue) return void queue.push(waiting);
      const begun = [waiting];
      queues.set(key, begun);
      void drain(key, begun);
    });
}
