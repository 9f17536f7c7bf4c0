import type { ReaderNote, RunningReaders } from '@postrider/messaging';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What the readers do, for Prometheus: pass the answer to `runReaders` as `note`. */
export function countReaderNotes(metrics: Registry): (note: ReaderNote) => void {
  const labelNames = ['reader', 'what'];
  const events = new Counter({
    name: 'reader_events_total',
    help: 'Events by what became of them.',
    labelNames,
    registers: [metrics],
  });
  const durations = new Histogram({
    name: 'reader_batch_duration_seconds',
    help: 'How long a reader took for a batch.',
    labelNames: ['reader'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    registers: [metrics],
  });
  return (note) => {
    events.inc({ reader: note.reader, what: note.what }, note.events);
    if (note.what === 'handled') durations.observe({ reader: note.reader }, note.ms / 1_000);
  };
}

/** How far behind each reader is and how much is parked, asked when Prometheus asks. */
export function gaugeReaders(metrics: Registry, readers: RunningReaders): void {
  const lag = new Gauge({
    name: 'reader_lag_events',
    help: "How many events of a source's log a reader has not dealt with.",
    labelNames: ['reader', 'source', 'shard'],
    registers: [metrics],
    async collect() {
      this.reset();
      // A source that cannot be asked leaves its lines out, and the rest of the page stands.
      for (const one of await readers.lag().catch(() => []))
        lag.set({ reader: one.reader, source: one.source, shard: String(one.shard) }, one.lag);
    },
  });
  const parked = new Gauge({
    name: 'reader_parked_records',
    help: 'Records that were put aside because they keep failing.',
    labelNames: ['reader'],
    registers: [metrics],
    async collect() {
      this.reset();
      for (const one of await readers.parked().catch(() => [])) parked.inc({ reader: one.reader }, one.records);
    },
  });
}
