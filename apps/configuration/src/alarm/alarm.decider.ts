import type { Decider, Outcome } from '@postrider/decider';
import { ConfigurationAlarmCleared, ConfigurationAlarmRaised, type EventOf } from '@postrider/event-contracts';

export type AlarmEvent = EventOf<typeof ConfigurationAlarmRaised | typeof ConfigurationAlarmCleared>;
export type Alarm = EventOf<typeof ConfigurationAlarmRaised>['data'];
/** The alarm as it stands; undefined while it is not raised. */
export type AlarmState = Alarm | undefined;

export const alarm: Decider<AlarmState, AlarmEvent> = {
  initial: undefined,
  evolve: (_state, event) => (event.type === 'AlarmRaised' ? event.data : undefined),
};

/** Raising an alarm that stands, in the same words, changes nothing. */
export function raiseAlarm(command: Alarm, state: AlarmState): Outcome<AlarmEvent, never> {
  return state?.text === command.text && state.severity === command.severity
    ? []
    : [ConfigurationAlarmRaised.of(command)];
}

/** Only an alarm that stands can be cleared. */
export function clearAlarm(_command: object, state: AlarmState): Outcome<AlarmEvent, never> {
  return state ? [ConfigurationAlarmCleared.of({ key: state.key, kind: state.kind })] : [];
}
