import { pageOf, pageQuery, readCursor, type Page } from '@postrider/service-host';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Shown } from '../observed/observe';
import { templateResponsesByName } from './template-responses.sql';

export const TemplatesQuery = pageQuery.extend({
  state: z.string().max(40).optional(),
  name: z.string().max(512).optional(),
});
export type TemplatesQuery = z.infer<typeof TemplatesQuery>;

const Cursor = z.tuple([z.string(), z.uuid()]);

interface Row extends Record<string, unknown> {
  id: string;
  state: Shown & { name?: string };
}

/**
 * Templates with their state and how messages of their name fared; Meta counts all languages of a name together.
 * `clicked` are taps of quick replies: a link's tap Meta tells nobody but in its own counts.
 */
export function reportTemplates({ pool }: { pool: Pool }) {
  return async (workspaceId: string, query: TemplatesQuery): Promise<Page<unknown>> => {
    const values: unknown[] = [workspaceId];
    const bind = (value: unknown): string => `$${values.push(value)}`;
    const conditions = [`c.kind = 'template'`, 'c.workspace_id = $1'];
    if (query.state !== undefined) conditions.push(`c.state->>'state' = ${bind(query.state)}`);
    if (query.name !== undefined) conditions.push(`c.state->>'name' = ${bind(query.name)}`);
    if (query.after !== undefined) {
      const [name, id] = readCursor(Cursor, query.after);
      conditions.push(`(coalesce(c.state->>'name', ''), c.id) > (${bind(name)}, ${bind(id)})`);
    }
    const { rows } = await pool.query<Row>(
      `with responses as (${templateResponsesByName})
       select c.id, c.state, f.*, coalesce(r.clicked, 0) as clicked, coalesce(r.blocked, 0) as blocked
       from template_catalogue c
       left join responses r on r.template = c.state->>'name'
       left join lateral (
         select coalesce(sum(targeted), 0)::int as targeted, coalesce(sum(sent), 0)::int as sent,
           coalesce(sum(delivered), 0)::int as delivered, coalesce(sum("read"), 0)::int as "read",
           coalesce(sum(failed), 0)::int as failed
         from delivery_figure d where d.workspace_id = c.workspace_id and d.template = c.state->>'name') f on true
       where ${conditions.join(' and ')} order by coalesce(c.state->>'name', ''), c.id limit ${query.limit + 1}`,
      values,
    );
    return pageOf(rows, query.limit, {
      row: ({ id, state, ...performance }) => ({ id, ...state, performance }),
      cursor: ({ id, state }) => [state.name ?? '', id],
    });
  };
}

export const ReportTemplates = Symbol('ReportTemplates');
export type ReportTemplates = ReturnType<typeof reportTemplates>;
