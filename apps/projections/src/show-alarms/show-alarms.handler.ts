import { pageOf, pageQuery, readCursor, type Page } from '@postrider/service-host';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { AlarmRow } from '../alarm/alarm.table';

export const AlarmsQuery = pageQuery.extend({
  /** Without it, those that are raised. */
  state: z.enum(['raised', 'cleared']).default('raised'),
});
export type AlarmsQuery = z.infer<typeof AlarmsQuery>;

const Cursor = z.tuple([z.iso.datetime(), z.string(), z.string()]);

/** Alarms, the newest first. */
export function showAlarms({ pool }: { pool: Pool }) {
  return async (workspaceId: string, query: AlarmsQuery): Promise<Page<unknown>> => {
    const after = query.after === undefined ? [] : readCursor(Cursor, query.after);
    const { rows } = await pool.query<Omit<AlarmRow, 'workspaceId'>>(
      `select service, key, kind, severity, text, subject, raised, at from alarm
       where workspace_id = $1 and raised = $2 ${after.length === 0 ? '' : 'and (at, service, key) < ($3, $4, $5)'}
       order by at desc, service desc, key desc limit ${query.limit + 1}`,
      [workspaceId, query.state === 'raised', ...after],
    );
    return pageOf(rows, query.limit, {
      row: ({ raised, at, subject, ...alarm }) => ({
        ...alarm,
        subject: subject ?? {},
        [raised ? 'raisedAt' : 'clearedAt']: at.toISOString(),
      }),
      cursor: ({ at, service, key }) => [at.toISOString(), service, key],
    });
  };
}

export const ShowAlarms = Symbol('ShowAlarms');
export type ShowAlarms = ReturnType<typeof showAlarms>;
