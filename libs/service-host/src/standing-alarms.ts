import type { Decider, Outcome } from '@postrider/decider';
import { alarmEvents, type EventOf, type ServiceName } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import type { Alarm } from './alarms';
import type { By } from './changing/by';
import type { Changing } from './changing/changing';

type Events = ReturnType<typeof alarmEvents>;
export type AlarmEvent = EventOf<Events['AlarmRaised'] | Events['AlarmCleared']>;

/** What a fact asks of an operator, and which alarms it ends, by their keys. */
export interface Attention {
  readonly raise?: Alarm;
  readonly clear?: readonly string[];
}

/** A service's alarms in the workspaces they concern, as streams: raised once in the same words, cleared while they stand. */
export function standingAlarms(service: ServiceName) {
  const { AlarmRaised, AlarmCleared } = alarmEvents(service);
  const alarm: Decider<Alarm | undefined, AlarmEvent> = {
    initial: undefined,
    evolve: (_state, event) => (event.type === AlarmRaised.type ? (event.data as Alarm) : undefined),
  };
  const raise = (command: Alarm, state: Alarm | undefined): Outcome<AlarmEvent, never> => {
    if (state?.text === command.text && state.severity === command.severity) return [];
    const { subject, ...rest } = command;
    return [AlarmRaised.of({ ...rest, ...(subject && { subject: { ...subject } }) })];
  };
  const clear = (state: Alarm | undefined): Outcome<AlarmEvent, never> =>
    state ? [AlarmCleared.of({ key: state.key, kind: state.kind })] : [];
  return {
    alarm,
    raise,
    clear,
    /** Writes down what an event asks for. */
    async attend(changing: Changing, by: By, { raise: raised, clear: over = [] }: Attention): Promise<void> {
      const streamOf = (key: string): string => derivedId.alarm(by.workspaceId, service, key);
      if (raised) await changing.change(by, streamOf(raised.key), alarm, (state) => raise(raised, state));
      for (const key of over) await changing.change(by, streamOf(key), alarm, clear);
    },
  };
}
