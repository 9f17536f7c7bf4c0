import {
  ConfigurationAlarmCleared,
  ConfigurationAlarmRaised,
  DispatchAlarmCleared,
  DispatchAlarmRaised,
  JourneysAlarmCleared,
  JourneysAlarmRaised,
  TemplatesAlarmCleared,
  TemplatesAlarmRaised,
  WebhooksAlarmCleared,
  WebhooksAlarmRaised,
  type EventOf,
  type RecordedEvent,
} from '@postrider/event-contracts';
import type { Fold } from '@postrider/messaging';
import { announce } from '../changes/announce';
import { jsonbText } from '../jsonb-text';
import { upsertAlarms } from './upsert-alarms.sql';

export interface AlarmState {
  readonly workspace_id: string;
  readonly service: string;
  readonly key: string;
  readonly kind: string;
  /** The place in the alarm's stream; what is newer wins. */
  readonly version: number;
  readonly raised: boolean;
  readonly at: string;
  readonly severity: string | null;
  readonly text: string | null;
  readonly subject: Readonly<Record<string, string>> | null;
}

/** The newest word on each alarm. */
export function alarmStates(events: readonly RecordedEvent[]): AlarmState[] {
  const newest = new Map<string, AlarmState>();
  for (const event of events) {
    const { key, kind, severity, text, subject } = event.data as Partial<
      EventOf<typeof DispatchAlarmRaised>['data']
    > & {
      key: string;
      kind: string;
    };
    const id = `${event.workspaceId} ${event.service} ${key}`;
    if ((newest.get(id)?.version ?? 0) >= event.streamVersion) continue;
    newest.set(id, {
      workspace_id: event.workspaceId,
      service: event.service,
      key,
      kind,
      version: event.streamVersion,
      raised: event.type === 'AlarmRaised',
      at: event.at.toISOString(),
      severity: severity ?? null,
      text: text ?? null,
      subject: subject ?? null,
    });
  }
  return [...newest.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, state]) => state);
}

/** Every service's alarms. */
export function alarms(): Fold {
  return {
    kind: 'fold',
    name: 'projections:alarms',
    hears: [
      ConfigurationAlarmRaised,
      ConfigurationAlarmCleared,
      TemplatesAlarmRaised,
      TemplatesAlarmCleared,
      DispatchAlarmRaised,
      DispatchAlarmCleared,
      WebhooksAlarmRaised,
      WebhooksAlarmCleared,
      JourneysAlarmRaised,
      JourneysAlarmCleared,
    ],
    tables: ['alarm'],
    async handle(events, tx) {
      const states = alarmStates(events);
      await tx.query(upsertAlarms, [jsonbText(states)]);
      await announce(
        states.map(({ workspace_id: workspaceId, service, key, kind, raised, severity, text }) => ({
          workspaceId,
          type: 'alarm',
          data: { service, key, kind, state: raised ? 'raised' : 'cleared', severity, text },
        })),
        tx,
      );
    },
    async reset(tx) {
      await tx.query('delete from alarm');
    },
  };
}
