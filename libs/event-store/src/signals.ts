import type { RecordedEvent } from '@postrider/event-contracts';

/** What a shard grew by, made when it is first asked for. */
export type Growth = () => readonly RecordedEvent[];

export type AppendListener = (shard: number, growth?: Growth) => void;

export interface Signals {
  /** Returns the way to stop listening. */
  on(listener: AppendListener): () => void;
  /** Calls every listener, not within the caller's own turn. */
  emit: AppendListener;
}

/** Tells listeners of this process that a shard grew. */
export function signals(): Signals {
  const listeners = new Set<{ readonly listener: AppendListener }>();
  return {
    on: (listener) => {
      const entry = { listener };
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
    emit: (shard, growth) => {
      for (const entry of listeners) queueMicrotask(() => listeners.has(entry) && entry.listener(shard, growth));
    },
  };
}
