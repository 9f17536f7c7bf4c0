import { EntitySchema } from 'typeorm';

export interface DecisionFigureRow {
  workspaceId: string;
  minute: Date;
  channel: string;
  template: string;
  campaign: string;
  country: string;
  outcome: string;
  code: string;
  messages: number;
}

/** How many messages met each refusal and hold, by the minute of their request. */
export const DecisionFigureTable = new EntitySchema<DecisionFigureRow>({
  name: 'decision_figure',
  columns: {
    workspaceId: { name: 'workspace_id', type: 'uuid', primary: true },
    minute: { type: 'timestamptz', primary: true },
    channel: { type: 'text', primary: true },
    template: { type: 'text', primary: true },
    campaign: { type: 'text', primary: true },
    country: { type: 'text', primary: true },
    outcome: { type: 'text', primary: true },
    code: { type: 'text', primary: true },
    messages: { type: 'int' },
  },
});
