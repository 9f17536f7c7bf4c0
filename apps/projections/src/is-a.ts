import type { EventDefinition, RecordedEvent } from '@postrider/event-contracts';
import type { z } from 'zod';

type Recorded<Definition extends EventDefinition> = RecordedEvent<
  Definition['type'],
  z.infer<Definition['data']>,
  z.infer<NonNullable<Definition['personal']>>
>;

/** Whether an event is the one that a definition declares. Every service has an `AlarmRaised`, so the service counts. */
export function isA<Definition extends EventDefinition>(
  definition: Definition,
  event: RecordedEvent,
): event is Recorded<Definition> {
  return event.type === definition.type && event.service === definition.service;
}
