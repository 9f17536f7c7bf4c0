/** Remembers values for a while, and not too many: the oldest make room. */
export function memoryFor<Value>(ttlMs: number, most: number, nowMs: () => number) {
  const kept = new Map<string, { value: Value; until: number }>();
  return {
    get(name: string): Value | undefined {
      const entry = kept.get(name);
      return entry && entry.until > nowMs() ? entry.value : undefined;
    },
    set(name: string, value: Value): void {
      kept.delete(name);
      kept.set(name, { value, until: nowMs() + ttlMs });
      if (kept.size <= most) return;
      for (const oldest of kept.keys()) {
        kept.delete(oldest);
        break;
      }
    },
    delete: (name: string): void => void kept.delete(name),
    clear: (): void => kept.clear(),
  };
}
