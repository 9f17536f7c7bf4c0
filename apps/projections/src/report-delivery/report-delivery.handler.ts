import type { Pool } from 'pg';
import { reportParts, reportRowsMax, withoutEmpty, type ReportQuery } from '../report-query';

const counters = [
  'targeted',
  'pending',
  'held',
  'unknown',
  'sent',
  'delivered',
  'read',
  'failed',
  'refused',
  'cancelled',
  'expired',
];
const sums = counters.map((name) => `coalesce(sum("${name}"), 0)::int as "${name}"`);

/** Counts of messages by where they stand. `targeted` is the sum of the buckets; `sent` holds `delivered`, that `read`. */
export function reportDelivery({ pool }: { pool: Pool }) {
  return async (workspaceId: string, query: ReportQuery) => {
    const { columns, where, values } = reportParts(workspaceId, query);
    const groups = columns.map((_, index) => String(index + 1)).join(', ');
    const { rows } = await pool.query<Record<string, unknown>>(
      `select ${[...columns, ...sums].join(', ')} from delivery_figure where ${where}
       ${groups === '' ? '' : `group by ${groups} order by ${groups}`} limit ${reportRowsMax}`,
      values,
    );
    return { data: rows.map(withoutEmpty) };
  };
}

export const ReportDelivery = Symbol('ReportDelivery');
export type ReportDelivery = ReturnType<typeof reportDelivery>;
