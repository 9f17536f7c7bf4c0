import { EntitySchema } from 'typeorm';
import { counters, type Counter } from './delivery-figures.projection';

export type DeliveryFigureRow = {
  workspaceId: string;
  minute: Date;
  channel: string;
  template: string;
  campaign: string;
  country: string;
} & Record<Counter, number>;

/** Counts of messages by the minute of their request; every report is a sum of these. */
export const DeliveryFigureTable = new EntitySchema<DeliveryFigureRow>({
  name: 'delivery_figure',
  columns: {
    workspaceId: { name: 'workspace_id', type: 'uuid', primary: true },
    minute: { type: 'timestamptz', primary: true },
    channel: { type: 'text', primary: true },
    template: { type: 'text', primary: true },
    campaign: { type: 'text', primary: true },
    country: { type: 'text', primary: true },
    ...(Object.fromEntries(counters.map((name) => [name, { type: 'int' }])) as Record<Counter, { type: 'int' }>),
  },
});
