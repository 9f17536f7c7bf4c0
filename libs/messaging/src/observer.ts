import type { Place } from './checkpoints';

/** What the runner does, for metrics. Called often: it must be quick and must not throw. */
export type ReaderNote =
  | (Place & { readonly what: 'handled'; readonly events: number; readonly ms: number })
  | (Place & { readonly what: 'passed-over' | 'duplicate' | 'parked' | 'retried' | 'fenced'; readonly events: number });

/** Something an operator must see. `key` tells one alarm from another, so that raising it twice is one alarm. */
export interface ReaderAlarm {
  readonly key: string;
  readonly kind: 'hole' | 'parked' | 'relay' | 'commands';
  readonly severity: 'warning' | 'critical';
  readonly text: string;
  readonly subject: Readonly<Record<string, string>>;
}

export interface Alarms {
  raise(alarm: ReaderAlarm): void;
  clear(key: string): void;
}

/** The part of a pino logger that is used here. */
export interface Log {
  info(details: object, text: string): void;
  warn(details: object, text: string): void;
  error(details: object, text: string): void;
}

export const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
