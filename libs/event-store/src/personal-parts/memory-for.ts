/**
 * Remembers values for a while, and about as many as `most`. What was remembered long ago is forgotten by halves: a map
 * whose first entry is deleted again and again takes ever longer to find its first entry.
 */
export function memoryFor<Value>(ttlMs: number, most: number, nowMs: () => number) {
  type Kept = Map<string, { value: Value; until: number }>;
  let young: Kept = new Map();
  let old: Kept = new Map();
  return {
    get(name: string): Value | undefined {
      const entry = young.get(name) ?? old.get(name);
      return entry && entry.until > nowMs() ? entry.value : undefined;
    },
    set(name: string, value: Value): void {
      if (young.size >= most / 2) [young, old] = [new Map(), young];
      young.set(name, { value, until: nowMs() + ttlMs });
    },
    delete(name: string): void {
      young.delete(name);
      old.delete(name);
    },
    clear(): void {
      young.clear();
      old.clear();
    },
  };
}
