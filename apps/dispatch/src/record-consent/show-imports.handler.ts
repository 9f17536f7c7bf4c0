import type { Clock } from '@postrider/decider';
import { pageOf, Problem, readCursor, type Caller, type Page } from '@postrider/service-host';
import type { Pool } from 'pg';
import { z } from 'zod';
import { readImport, readImportErrors, readImports } from './consent-import.sql';

type Asking = Pick<Caller, 'workspaceId'>;
type Paging = { readonly after?: string | undefined; readonly limit: number };

export interface ImportView {
  readonly id: string;
  readonly state: 'running' | 'done' | 'failed';
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly detail: string | null;
  readonly begunAt: Date;
  readonly endedAt: Date | null;
}

export type ShowImports = ReturnType<typeof showImports>;

/** Files of consents: how far each is, and which of its lines could not be taken. */
export function showImports({ pool, clock }: { readonly pool: Pool; readonly clock: Clock }) {
  const one = async ({ workspaceId }: Asking, id: string): Promise<ImportView> => {
    const { rows } = await pool.query<ImportView>(readImport, [clock.now(), workspaceId, id]);
    if (!rows[0]) throw new Problem('not-found', 'There is no import with this id.');
    return rows[0];
  };
  return {
    one,
    async all({ workspaceId }: Asking, { after, limit }: Paging): Promise<Page<ImportView>> {
      const [begunAt, id] =
        after === undefined ? [null, null] : readCursor(z.tuple([z.iso.datetime(), z.uuid()]), after);
      const { rows } = await pool.query<ImportView>(readImports, [clock.now(), workspaceId, begunAt, id, limit + 1]);
      return pageOf(rows, limit, { row: (row) => row, cursor: (row) => [row.begunAt.toISOString(), row.id] });
    },
    async errors(caller: Asking, id: string, { after, limit }: Paging): Promise<Page<unknown>> {
      await one(caller, id);
      const [line] = after === undefined ? [-1] : readCursor(z.tuple([z.number().int()]), after);
      const { rows } = await pool.query<{ line: number }>(readImportErrors, [id, line, limit + 1]);
      return pageOf(rows, limit, { row: (row) => row, cursor: (row) => [row.line] });
    },
  };
}
