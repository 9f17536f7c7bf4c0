import type { Decider, Outcome } from '@postrider/decider';
import { WebhooksAlarmCleared, WebhooksAlarmRaised, type EventOf } from '@postrider/event-contracts';

export type AlarmEvent = EventOf<typeof WebhooksAlarmRaised | typeof WebhooksAlarmCleared>;
export type Alarm = EventOf<typeof WebhooksAlarmRaised>['data'];
/** The alarm as it stands; undefined while it is not raised. */
export type AlarmState = Alarm | undefined;

export const alarm: Decider<AlarmState, AlarmEvent> = {
  initial: undefined,
  evolve: (_state, event) => (event.type === 'AlarmRaised' ? event.data : undefined),
};

/** An alarm that stands is not raised again. */
export function raiseAlarm(command: Alarm, state: AlarmState): Outcome<AlarmEvent, never> {
  return state === undefined ? [WebhooksAlarmRaised.of(command)] : [];
}

/** Only an alarm that stands can be cleared. */
export function clearAlarm(state: AlarmState): Outcome<AlarmEvent, never> {
  return state === undefined ? [] : [WebhooksAlarmCleared.of({ key: state.key, kind: state.kind })];
}
