import type { EventLog } from '@postrider/event-store';
import { Counter, Histogram, type Registry } from 'prom-client';

/** The log, with its appends measured. */
export function measuredLog(log: EventLog, metrics: Registry): EventLog {
  const durations = new Histogram({
    name: 'log_append_duration_seconds',
    help: 'How long appends took, waiting for their turn included.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5],
    registers: [metrics],
  });
  const streams = new Counter({
    name: 'log_append_streams_total',
    help: 'Streams appended to, by the verdict.',
    labelNames: ['status'],
    registers: [metrics],
  });
  return {
    ...log,
    async append(appends, fence) {
      const end = durations.startTimer();
      const verdicts = await log.append(appends, fence);
      end();
      for (const { status } of verdicts) streams.inc({ status });
      return verdicts;
    },
  };
}
