export interface Signals {
  /** Returns the way to stop listening. */
  on(listener: (shard: number) => void): () => void;
  /** Calls every listener, not within the caller's own turn. */
  emit(shard: number): void;
}

/** Tells listeners of this process that a shard grew. */
export function signals(): Signals {
  const listeners = new Set<{ readonly listener: (shard: number) => void }>();
  return {
    on: (listener) => {
      const entry = { listener };
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
    emit: (shard) => {
      for (const entry of listeners) queueMicrotask(() => listeners.has(entry) && entry.listener(shard));
    },
  };
}
