import * as configuration from './configuration-events';
import type { EventDefinition } from './define-event';
import * as dispatch from './dispatch-events';
import * as journeys from './journey-events';
import * as templates from './template-events';
import * as webhooks from './webhook-events';

const isDefinition = (value: unknown): value is EventDefinition =>
  typeof value === 'object' && value !== null && 'wireType' in value;

/** Every event there is, by its type on the bus. */
export const catalogue: ReadonlyMap<string, EventDefinition> = new Map(
  [configuration, templates, dispatch, webhooks, journeys]
    .flatMap((events): unknown[] => Object.values(events))
    .filter(isDefinition)
    .map((definition) => [definition.wireType, definition]),
);
