import { EntitySchema } from 'typeorm';

/** When a portfolio that has a limit last opened a conversation with a person, by what was intended and has not failed. */
export interface OpenedRow {
  personId: string;
  portfolioId: string;
  /** Null where nothing counts any more. */
  at: Date | null;
  /** What it was before the statement that last wrote it. */
  atBefore: Date | null;
}

export const OpenedTable = new EntitySchema<OpenedRow>({
  name: 'opened',
  columns: {
    personId: { name: 'person_id', type: 'uuid', primary: true },
    portfolioId: { name: 'portfolio_id', type: 'text', primary: true },
    at: { type: 'timestamptz', nullable: true },
    atBefore: { name: 'at_before', type: 'timestamptz', nullable: true },
  },
  indices: [{ name: 'opened_portfolio', columns: ['portfolioId', 'at'] }],
});

/**
 * So many more people of a portfolio were last opened with in that span of time: several entries of one add up. Each
 * person counts in a short span and in the long one around it.
 */
export interface OpenedCountRow {
  id: string;
  portfolioId: string;
  seconds: number;
  beginsAt: Date;
  /** Below zero where people were opened with again later, or nothing counts any more. */
  people: string;
}

export const OpenedCountTable = new EntitySchema<OpenedCountRow>({
  name: 'opened_count',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' },
    portfolioId: { name: 'portfolio_id', type: 'text' },
    seconds: { type: 'int' },
    beginsAt: { name: 'begins_at', type: 'timestamptz' },
    people: { type: 'bigint' },
  },
  indices: [{ name: 'opened_count_portfolio', columns: ['portfolioId', 'seconds', 'beginsAt'] }],
});
