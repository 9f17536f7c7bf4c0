import { EntitySchema } from 'typeorm';

/** An entry in the book of what is spent: several of a quarter of an hour add up. */
export interface SpentRow {
  id: string;
  workspaceId: string;
  /** Begin of the quarter of an hour. */
  quarter: Date;
  /** In millionths; below zero where something was given back or cost less. */
  micros: string;
}

export const SpentTable = new EntitySchema<SpentRow>({
  name: 'spent',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    quarter: { type: 'timestamptz' },
    micros: { type: 'bigint' },
  },
  indices: [{ name: 'spent_workspace', columns: ['workspaceId', 'quarter'] }],
});
