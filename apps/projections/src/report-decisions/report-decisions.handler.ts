import type { Pool } from 'pg';
import { reportParts, reportRowsMax, withoutEmpty, type ReportQuery } from '../report-query';

/** How many messages met each refusal and hold, by code. */
export function reportDecisions({ pool }: { pool: Pool }) {
  return async (workspaceId: string, query: ReportQuery) => {
    const { columns, where, values } = reportParts(workspaceId, query);
    const selected = [...columns, 'outcome', 'code'];
    const groups = selected.map((_, index) => String(index + 1)).join(', ');
    const { rows } = await pool.query<Record<string, unknown>>(
      `select ${selected.join(', ')}, sum(messages)::int as messages from decision_figure where ${where}
       group by ${groups} order by ${groups} limit ${reportRowsMax}`,
      values,
    );
    return { data: rows.map(withoutEmpty) };
  };
}

export const ReportDecisions = Symbol('ReportDecisions');
export type ReportDecisions = ReturnType<typeof reportDecisions>;
