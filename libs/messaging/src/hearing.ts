import type { EventDefinition, RecordedEvent } from '@postrider/event-contracts';

type Kind = Pick<RecordedEvent, 'service' | 'type' | 'typeVersion'>;

const kindOf = ({ service, type, typeVersion }: Kind): string => `${service}/${type}/${typeVersion}`;

/** Tells whether an event is of one of these kinds. */
export function hearing(hears: readonly EventDefinition[]): (event: Kind) => boolean {
  const kinds = new Set(hears.map(kindOf));
  return (event) => kinds.has(kindOf(event));
}
