import type { Clock, Decider } from '@postrider/decider';
import { alarmEvents, type EventOf, type ServiceName } from '@postrider/event-contracts';
import { changeStream, type EventLog } from '@postrider/event-store';
import { derivedId } from '@postrider/keys';
import type { Logger } from 'pino';
import { defaultWorkspaceId } from './http/api-keys';

/** Something that needs an operator. `key` tells one from another, so that raising twice is one alarm. */
export interface Alarm {
  readonly key: string;
  readonly kind: string;
  readonly severity: 'warning' | 'critical';
  /** What is wrong and what to do; nothing that identifies a person. */
  readonly text: string;
  readonly subject?: Readonly<Record<string, string>>;
}

/** Returns at once; what cannot be written is said to the log and written when it is raised again. */
export interface Alarms {
  raise(alarm: Alarm): void;
  clear(key: string): void;
  /** Resolves when everything told so far is written. */
  settled(): Promise<void>;
}

/** Keeps a service's alarms as facts in its own log. `projections` writes no events: its alarms are only said to the log. */
export function alarmsOf(service: ServiceName, deps: { log: EventLog; clock: Clock; logger: Logger }): Alarms {
  const { log, clock, logger } = deps;
  const { AlarmRaised, AlarmCleared } = alarmEvents(service);
  type AlarmEvent = EventOf<typeof AlarmRaised> | EventOf<typeof AlarmCleared>;
  /** The kind of alarm that stands; undefined while none does. */
  const decider: Decider<string | undefined, AlarmEvent> = {
    initial: undefined,
    evolve: (_, event) => (event.type === AlarmRaised.type ? event.data.kind : undefined),
  };
  // One change at a time for each key; what is known to stand is not asked of the database again.
  const known = new Map<string, { raised: boolean; turn: Promise<void> }>();

  async function write(key: string, decide: (kind: string | undefined) => readonly AlarmEvent[]): Promise<void> {
    const streamId = derivedId.alarm(defaultWorkspaceId, service, key);
    const meta = {
      workspaceId: defaultWorkspaceId,
      actor: `service:${service}`,
      correlationId: streamId,
      aliasKeys: [],
    };
    try {
      await changeStream(log, clock, { streamId, orderingKey: streamId, meta }, decider, decide);
    } catch (error) {
      known.delete(key);
      logger.error({ err: error, alarm: key }, 'an alarm could not be written');
    }
  }

  function change(key: string, raised: boolean, decide: (kind: string | undefined) => readonly AlarmEvent[]): void {
    const before = known.get(key);
    if (service === 'projections' || before?.raised === raised) return;
    known.set(key, { raised, turn: (before?.turn ?? Promise.resolve()).then(() => write(key, decide)) });
  }

  return {
    raise(alarm) {
      const { key, kind, severity, text, subject } = alarm;
      logger[severity === 'critical' ? 'error' : 'warn']({ alarm: key, kind }, text);
      const data = { key, kind, severity, text, ...(subject === undefined ? {} : { subject: { ...subject } }) };
      change(key, true, (standing) => (standing === undefined ? [AlarmRaised.of(data)] : []));
    },
    clear(key) {
      change(key, false, (kind) => (kind === undefined ? [] : [AlarmCleared.of({ key, kind })]));
    },
    async settled() {
      await Promise.all([...known.values()].map(({ turn }) => turn));
    },
  };
}
