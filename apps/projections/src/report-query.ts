import { z } from 'zod';

/** SQL of what a report may be told apart by; days and hours are of UTC. */
export const groupings = {
  channel: 'channel',
  template: 'template',
  campaign: 'campaign',
  country: 'country',
  day: `to_char(minute at time zone 'UTC', 'YYYY-MM-DD')`,
  hour: `to_char(minute at time zone 'UTC', 'YYYY-MM-DD"T"HH24:00"Z"')`,
  minute: `to_char(minute at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"')`,
} as const;
export type Grouping = keyof typeof groupings;
const names = Object.keys(groupings) as [Grouping, ...Grouping[]];

export const ReportQuery = z.strictObject({
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  by: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(names)).max(names.length))
    .default([]),
});
export type ReportQuery = z.infer<typeof ReportQuery>;

export const reportRowsMax = 10_000;

/** The parts of a report's statement: `select … from <table> where … group by …`. */
export function reportParts(
  workspaceId: string,
  query: ReportQuery,
): { columns: string[]; where: string; values: unknown[] } {
  const values: unknown[] = [workspaceId];
  const conditions = ['workspace_id = $1'];
  for (const [bound, condition] of [
    [query.from, 'minute >='],
    [query.to, 'minute <'],
  ] as const) {
    if (bound === undefined) continue;
    values.push(bound);
    conditions.push(`${condition} $${values.length}`);
  }
  const columns = [...new Set(query.by)].map((name) => `${groupings[name]} as "${name}"`);
  return { columns, where: conditions.join(' and '), values };
}

/** A dimension that a message does not have is an empty text in the table and null in an answer. */
export function withoutEmpty<Row extends object>(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === '' ? null : value])) as Row;
}
